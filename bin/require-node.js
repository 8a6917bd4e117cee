/** Plain JavaScript of any age, so that an old Node can say what is wrong instead of failing on TypeScript. */
const [major] = process.versions.node.split('.');
if (Number(major) < 24) {
  console.error(`This needs Node 24 and runs on ${process.versions.node}: "npm ci" brings the right one along.`);
  process.exit(1);
}
