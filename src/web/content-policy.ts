/**
 * The one Content-Security-Policy of every page: nothing but our own origin, nothing inline, no frames. 'self'
 * covers the push socket, too.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * What pages may ask for of the machine: the camera, for themselves. This is settled when a page loads, in the morning
 * say, and an activity that asks for photos opens in the evening: so the rest of the answer is the page's, which asks
 * the person first, and Electron's permission or the browser's own question.
 */
const PERMISSIONS_POLICY = [
  'camera=(self)',
  ...['display-capture', 'geolocation', 'hid', 'microphone', 'midi', 'payment', 'serial', 'usb'].map(
    (feature) => `${feature}=()`,
  ),
].join(', ');

/** Headers of every page, script and picture. */
export const SAFE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'permissions-policy': PERMISSIONS_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;
