/**
 * The one anchor of a mail, in the shape that clients parse: attributes in this order, `&` bare, and after the link's `">` no
 * other one (contract 7). `link` comes from `verificationLink`.
 */
const anchor = (link: string) => `<a id="verificationLink" href="${link}">${link}</a>`;

/** HTML of the mail that asks a new user to confirm the address (contract 7). */
export const newProfileBody = (link: string): string =>
  `Welcome! Please confirm your e-mail address to finish setting up your account.<br/><br/>
${anchor(link)}
<br/><br/>If the link does not open, copy it into the address bar of your browser.
If you did not create this account, you can ignore this message.`;

/** HTML of the mail with the link to choose a new password (contract 7). */
export const resetPasswordBody = (link: string): string =>
  `We received a request to reset your password. Follow this link to choose a new one.<br/><br/>
${anchor(link)}
<br/><br/>If the link does not open, copy it into the address bar of your browser.
If you did not ask for this, you can ignore this message: your password stays as it is.`;
