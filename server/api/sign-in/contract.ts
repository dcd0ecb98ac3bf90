/** What the calls about signing in and about users take and answer. */
import Type, { type Static, type TSchema } from 'typebox'
import { ROLES, type Role } from '../roles.ts'

const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Time = () => Type.Integer({ description: 'Milliseconds since 1970.' })
const strict = { additionalProperties: false }

const RoleName = Type.Unsafe<Role>({ type: 'string', enum: [...ROLES] })
const Email = Type.String({
  minLength: 3,
  maxLength: 200,
  pattern: "^(?!\\.)(?!.*\\.\\.)[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\\.)+[A-Za-z]{2,}$",
  description: 'An e-mail address.',
})
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })
/** Long enough to withstand guessing; the upper bound keeps hashing cheap. */
const Password = Type.String({ minLength: 10, maxLength: 128, description: '10 to 128 characters.' })

/** Who calls, and what they may do. */
export const MeAnswer = Type.Object(
  {
    id: Type.String({ description: 'Id of the user, or of the API key.' }),
    name: Type.String(),
    email: nullable(Type.String({ description: 'null for an API key.' })),
    role: nullable(RoleName),
    scopes: Type.Array(Type.String()),
  },
  { title: 'Me', ...strict },
)

/** Whether somebody can sign in yet. */
export const SignInState = Type.Object(
  { needs_first_administrator: Type.Boolean({ description: 'True until the first user is made, by the link that the server prints at its start.' }) },
  { title: 'SignInState', ...strict },
)

/** What signing in takes. Any length is taken here, so that a wrong password looks the same whatever it is. */
export const SignInBody = Type.Object({ email: Type.String({ maxLength: 200 }), password: Type.String({ maxLength: 200 }) }, { title: 'SignInBody', ...strict })

/** Whom a one-time link is for. */
export const WelcomeQuery = Type.Object({ token: Type.String({ minLength: 1, maxLength: 200 }) }, { title: 'WelcomeQuery', ...strict })

/** What is known about whoever opened a one-time link; without a name they say theirs. */
export const WelcomeAnswer = Type.Object({ email: nullable(Type.String()), name: nullable(Type.String()), role: RoleName }, { title: 'Welcome', ...strict })

/** What a one-time link is used with. `name` and `email` are needed for the first administrator, and ignored otherwise. */
export const WelcomeBody = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 200 }), password: Password, name: Type.Optional(Name), email: Type.Optional(Email) },
  { title: 'WelcomeBody', ...strict },
)

/** What changes one's own account; a new password needs the old one. */
export const MeChange = Type.Object(
  { name: Type.Optional(Name), password: Type.Optional(Password), old_password: Type.Optional(Type.String({ maxLength: 200 })) },
  { title: 'MeChange', ...strict },
)

/** A person who may sign in. */
export const UserAnswer = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    email: Type.String(),
    role: RoleName,
    active: Type.Boolean({ description: 'False: may not sign in.' }),
    invited: Type.Boolean({ description: 'Has not chosen a password yet.' }),
    created_at: Time(),
    last_seen_at: nullable(Time()),
  },
  { title: 'User', ...strict },
)

/** What makes a user. */
export const NewUser = Type.Object({ name: Name, email: Email, role: RoleName }, { title: 'NewUser', ...strict })

/** What changes one. */
export const UserChange = Type.Object(
  { name: Type.Optional(Name), role: Type.Optional(RoleName), active: Type.Optional(Type.Boolean()) },
  { title: 'UserChange', ...strict },
)

/** A one-time link with which a user chooses a password; shown this once. */
export const UserLink = Type.Object({ url: Type.String(), expires_at: Time() }, { title: 'UserLink', ...strict })

/** A new user with the link that lets them in. */
export const MadeUser = Type.Object({ user: UserAnswer, link: UserLink }, { title: 'MadeUser', ...strict })

export type MeAnswer = Static<typeof MeAnswer>
export type SignInState = Static<typeof SignInState>
export type WelcomeAnswer = Static<typeof WelcomeAnswer>
export type WelcomeBody = Static<typeof WelcomeBody>
export type MeChange = Static<typeof MeChange>
export type UserAnswer = Static<typeof UserAnswer>
export type NewUser = Static<typeof NewUser>
export type UserChange = Static<typeof UserChange>
export type UserLink = Static<typeof UserLink>
export type MadeUser = Static<typeof MadeUser>
