/** What `setWebhook` checks before it opens a connection (messengers.md 3.2), in the vendor's words. */

/** The refusal, or undefined for an address that Telegram would try. `strict` is the vendor's cloud; otherwise http and any host pass, as a local server allows. */
export function refuseWebhookUrl(address: string, strict: boolean): string | undefined {
  if (!URL.canParse(address)) return 'invalid webhook URL specified'
  const url = new URL(address)
  if (!strict) return url.protocol === 'https:' || url.protocol === 'http:' ? undefined : 'invalid webhook URL specified'
  if (url.protocol !== 'https:') return 'bad webhook: An HTTPS URL must be provided for webhook'
  if (!['', '80', '88', '443', '8443'].includes(url.port)) return 'bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443'
  if (url.hostname.startsWith('[')) return 'bad webhook: IPv6-only addresses are not allowed'
  if (url.hostname === 'localhost') return 'bad webhook: IP address 127.0.0.1 is reserved'
  if (/^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(url.hostname)) return `bad webhook: IP address ${url.hostname} is reserved`
  if (url.hostname.endsWith('.invalid')) return 'bad webhook: Failed to resolve host: Name or service not known'
  return undefined
}

/** The refusal of a secret token, or undefined. */
export function refuseSecret(secret: string): string | undefined {
  if (secret.length > 256) return 'secret token is too long'
  return /^[A-Za-z0-9_-]*$/.test(secret) ? undefined : 'secret token contains unallowed characters'
}
