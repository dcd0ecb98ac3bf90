/** The tags of a flow. */
import { Button, Group, Modal, TagsInput } from '@mantine/core'
import { useState } from 'react'
import type { FlowSummary } from '../../server/api/contract.ts'
import { words } from '../words/en.ts'
import { useFlowDeeds, useFlows } from './use-flows.ts'

/** Offers the tags that other flows have. */
export function TagsDialog({ flow, onClose }: { readonly flow: FlowSummary; readonly onClose: () => void }) {
  const deeds = useFlowDeeds()
  const { data: flows = [] } = useFlows()
  const [tags, setTags] = useState<string[]>(flow.tags)
  const save = async () => {
    if (await deeds.setTags(flow, tags)) onClose()
  }
  return (
    <Modal opened onClose={onClose} title={words.flows.tagsTitle(flow.name)}>
      <TagsInput
        label={words.flows.editTags}
        description={words.flows.tagsHelp}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={words.flows.tagsPlaceholder}
        data={[...new Set(flows.flatMap(other => other.tags))]}
        value={tags}
        onChange={setTags}
        maxTags={20}
        // A list that is open at once would take the first Esc.
        openOnFocus={false}
        data-autofocus
      />
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button onClick={onClose}>{words.flows.cancel}</Button>
        <Button variant="filled" onClick={() => void save()}>
          {words.flows.save}
        </Button>
      </Group>
    </Modal>
  )
}
