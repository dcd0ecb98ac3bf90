/** What can be done to one flow from the list. */
import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useRef } from 'react'
import { useLocation } from 'wouter'
import type { FlowSummary } from '../../server/api/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { TagsDialog } from './TagsDialog.tsx'
import { useFlowDeeds } from './use-flows.ts'

/** The three dots at the end of a row. */
export function FlowMenu({ flow, mayWrite }: { readonly flow: FlowSummary; readonly mayWrite: boolean }) {
  const deeds = useFlowDeeds()
  const [, navigate] = useLocation()
  const button = useRef<HTMLButtonElement>(null)
  const archive = async () => {
    const row = button.current?.closest('tr')
    const next = row?.nextElementSibling ?? row?.previousElementSibling
    // Its row goes, and the focus would go with it.
    if (await deeds.setArchived(flow, !flow.archived)) next?.querySelector('a')?.focus()
  }
  const [isTagging, tagging] = useDisclosure()
  return (
    <>
      <Menu width={180}>
        <Menu.Target>
          <ActionIcon ref={button} size={26} aria-label={words.flows.more(flow.name)}>
            <Icon path={icons.more} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon path={icons.arrowRight} />} onClick={() => navigate(`/flows/${flow.id}`)}>
            {words.flows.open}
          </Menu.Item>
          {mayWrite && (
            <Menu.Item leftSection={<Icon path={icons.copy} />} onClick={() => void deeds.duplicate(flow)}>
              {words.flows.duplicate}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Icon path={icons.download} />} onClick={() => void deeds.exportFile(flow)}>
            {words.flows.exportJson}
          </Menu.Item>
          {mayWrite && (
            <>
              <Menu.Item leftSection={<Icon path={icons.tag} />} onClick={tagging.open}>
                {words.flows.editTags}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item leftSection={<Icon path={flow.archived ? icons.restore : icons.archive} />} onClick={() => void archive()}>
                {flow.archived ? words.flows.restore : words.flows.archive}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {isTagging && <TagsDialog flow={flow} onClose={tagging.close} />}
    </>
  )
}
