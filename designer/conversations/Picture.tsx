/** The round picture of a contact: their letters, or the channel they came by. */
import { channelIcon } from '../ui/channels.ts'
import { initialsOf, type NamedContact } from '../ui/contact.ts'
import { Icon } from '../ui/Icon.tsx'

/** Says nothing that the name beside it does not say. */
export function Picture({ contact, className }: { readonly contact: Pick<NamedContact, 'name' | 'channel'>; readonly className: string | undefined }) {
  const letters = initialsOf(contact)
  return (
    <span className={className} aria-hidden="true">
      {letters === '' ? <Icon path={channelIcon(contact.channel)} /> : letters}
    </span>
  )
}
