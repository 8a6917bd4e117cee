/**
 * Goes before every script of package.json: says what to do where packages or the right Node are missing, and ends with 1.
 *
 * JavaScript of Node 8 and no package, so that an old Node can say what is wrong instead of failing on TypeScript.
 */
// biome-ignore-all lint/style/useNodejsImportProtocol: an old Node knows no "node:"
'use strict';
const { spawnSync } = require('child_process');
const { existsSync, readFileSync } = require('fs');
const { join } = require('path');

const WANTED = 24;
/** Older ones come with an npm that does not know our lock file, or fails on it. */
const INSTALLS_FROM = 20;
/** What package managers leave behind when they are done. */
const marks = ['.package-lock.json', '.yarn-integrity', '.yarn-state.yml', '.modules.yaml'];

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (_) {
    return {};
  }
}

/** What of the wanted packages is not there, or there in another version; undefined where nothing is amiss. */
function faultOf(wanted, modules) {
  for (const name of Object.keys(wanted || {})) {
    const { version } = readJson(join(modules, name, 'package.json'));
    if (version === undefined) return `The package ${name} is missing`;
    if (/^\d/.test(wanted[name]) && version !== wanted[name])
      return `The package ${name} is installed as ${version}, and ${wanted[name]} is needed`;
  }
  return undefined;
}

/** What is wrong with the packages of the project in `root`, and whether what a production install leaves out is all that is missing. */
function inspectPackages(root) {
  const modules = join(root, 'node_modules');
  const { dependencies, devDependencies } = readJson(join(root, 'package.json'));
  if (!existsSync(modules)) return { fault: 'The packages are not installed yet', lacksDev: false };
  if (!marks.some((mark) => existsSync(join(modules, mark))))
    return { fault: 'The packages are not installed to the end', lacksDev: false };
  const fault = faultOf(dependencies, modules);
  const faultOfDev = faultOf(devDependencies, modules);
  return { fault: fault || faultOfDev, lacksDev: fault === undefined && faultOfDev !== undefined };
}

/** Whether this Linux has another C library than glibc, for which the Node of npm is made; Alpine has. */
function isMusl() {
  if (process.platform !== 'linux') return false;
  if (existsSync('/etc/alpine-release')) return true;
  const { report } = process;
  if (report === undefined) return false;
  report.excludeNetwork = true;
  const { header = {} } = Object(report.getReport());
  return header.osName === 'Linux' && !header.glibcVersionRuntime;
}

/** The Node that npm has brought along: `absent`, `broken` where this system does not run it, or `fine`. */
function packagedNode(root) {
  const file = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(file)) return 'absent';
  return spawnSync(file, ['--version']).status === 0 ? 'fine' : 'broken';
}

function ownNode(machine) {
  const source = machine.isMusl
    ? 'on Alpine "apk add nodejs-current npm"'
    : 'from https://nodejs.org or your package manager';
  return `install Node ${WANTED} or newer (${source})`;
}

const withOwnNode = (machine) => `${ownNode(machine)}, then run "npm ci --ignore-scripts"`;

function adviceOnPackages(machine) {
  if (machine.major < WANTED && (machine.isMusl || machine.major < INSTALLS_FROM))
    return `${machine.fault}, and Node ${machine.version} is too old for them: ${withOwnNode(machine)}.`;
  const options = (machine.isMusl ? ' --ignore-scripts' : '') + (machine.lacksDev ? ' --include=dev' : '');
  const why = machine.lacksDev && machine.omitsDev ? ', as NODE_ENV=production or omit=dev has it' : '';
  return `${machine.fault}${why}: run "npm ci${options}".`;
}

/**
 * What somebody has to do before anything runs here; undefined where all is well. Of the machine: `version` and `major` of the Node that runs,
 * `fault`, `lacksDev` and `omitsDev` of its packages, `isMusl`, and how the `packaged` Node is.
 */
function adviceFor(machine) {
  if (machine.fault !== undefined) return adviceOnPackages(machine);
  if (machine.major >= WANTED) return undefined;
  const needs = `This needs Node ${WANTED} or newer and runs on ${machine.version}`;
  if (machine.packaged === 'fine')
    return `${needs}, though npm has brought Node ${WANTED} along: call it as a script of package.json ("npm start", "npm test" …), or put node_modules/.bin first in PATH.`;
  if (machine.packaged === 'broken' || machine.isMusl)
    return `${needs}; the Node that npm brings along does not run on this system: ${withOwnNode(machine)}.`;
  return `${needs}; the Node that npm brings along is missing, as install scripts were switched off: run "npm ci --ignore-scripts=false", or ${ownNode(machine)}.`;
}

/** This process, with the project in `root`. */
function machineOf(root) {
  const version = process.versions.node;
  const major = Number(version.split('.')[0]);
  const { fault, lacksDev } = inspectPackages(root);
  const isAmiss = fault !== undefined || major < WANTED;
  return {
    version,
    major,
    fault,
    lacksDev,
    omitsDev: process.env.NODE_ENV === 'production' || /\bdev\b/.test(process.env.npm_config_omit || ''),
    isMusl: isAmiss && isMusl(),
    packaged: isAmiss ? packagedNode(root) : 'fine',
  };
}

const advice = adviceFor(machineOf(join(__dirname, '..')));
if (advice !== undefined) {
  console.error(advice);
  process.exit(1);
}
