/** What the calls about secrets take and answer. */
import Type, { type Static } from 'typebox'

const strict = { additionalProperties: false }
const Time = () => Type.Integer({ description: 'Milliseconds since 1970.' })

/** A host as an address has it, or everything below one. */
const HOST_PATTERN = '^(\\*\\.[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\\d{1,5})?)$'

const Hosts = Type.Array(Type.String({ pattern: HOST_PATTERN, maxLength: 260, examples: ['shop.example.com', '*.example.com'] }), {
  description: 'Where the secret may be sent: hosts as addresses have them; `*.example.com` is everything below example.com.',
  minItems: 1,
  maxItems: 50,
})

/** What is given of a secret. */
export const SecretBody = Type.Object(
  {
    value: Type.Optional(Type.String({ description: 'Needed for a new one; left out, the value stays.', minLength: 1, maxLength: 8000 })),
    allowed_hosts: Hosts,
  },
  { title: 'SecretBody', ...strict },
)

/** A secret without its value, which nothing ever shows again. */
export const SecretAnswer = Type.Object(
  { name: Type.String(), allowed_hosts: Type.Array(Type.String()), created_at: Time(), updated_at: Time() },
  { title: 'Secret', ...strict },
)

export type SecretAnswer = Static<typeof SecretAnswer>
export type SecretBody = Static<typeof SecretBody>
