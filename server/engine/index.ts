/** What others may use of the engine, by name. */
export type { Abilities, Support } from './abilities.ts'
export { type AdaptedMessage, adaptMessage, type LogicalMessage } from './adapt.ts'
export { type Advanced, advance, safetyNet } from './advance.ts'
export type { Block, BlockGroup, BlockType, Exit } from './blocks/block.ts'
export { BLOCK_TYPES, blockTypeOf } from './blocks/index.ts'
export { everyWord, isBlank } from './blocks/problems.ts'
export type { ConnectorPolicy, Context } from './context.ts'
export type { Button, DeliveryKind, Effect, EffectType, OutboundMessage } from './effect.ts'
export { DomainError, type Problem } from './errors.ts'
export type { Agent, Attachment, AttachmentKind, Event, EventType, InboundMessage, Json, Location, TimerName } from './event.ts'
export { nameBlock } from './file/block-name.ts'
export { flowHash, printFlow } from './file/canonical.ts'
export { type CompiledBlock, type CompiledFlow, compileFlow, mustCompile, type VersionFacts } from './file/compile.ts'
export { type Completion, completeKeys, completeValues } from './file/complete.ts'
export { type Counterpart, counterpartOf } from './file/counterpart.ts'
export { type BlockDiff, type ChangeKind, type ConnectionDiff, diffFlows, type FlowDiff, type SettingDiff } from './file/diff.ts'
export type { DiffPiece, DiffSentence } from './file/diff-words.ts'
export { explain } from './file/explain.ts'
export type { Flow, IntentDeclaration, Layout, Text, VariableDeclaration, Words } from './file/flow.ts'
export type { FlowTest, FlowTestFile, FlowTestParsing, FlowTestStep } from './file/flow-test.ts'
export type { JsonSchema } from './file/json-schema.ts'
export { type FlowParsing, parseFlow } from './file/parse.ts'
export { parseFlowTest } from './file/parse-flow-test.ts'
export { printFlowTests } from './file/print-flow-test.ts'
export { readJson } from './file/read-json.ts'
export { RELEASE } from './file/release.ts'
export { FORMAT } from './file/schema.ts'
export { type FlowTestMoment, FlowTestPlayer, type FlowTestSetting, type FlowTestWorld, testPolicy } from './flow-test-player.ts'
export { type FlowCoverage, type FlowTestReport, type FlowTestResult, playFlowTests } from './flow-tests.ts'
export {
  HTTP_METHODS,
  type HttpAnswer,
  type HttpCall,
  type HttpFailure,
  type HttpMethod,
  type HttpResponse,
  type HttpText,
  hostOfUrl,
  keepAnswer,
  type SecretPlace,
  showHttpText,
} from './http-call.ts'
export {
  classifyIntent,
  compilePattern,
  compileTemplate,
  compileWords,
  formatDuration,
  type IntentScore,
  languageName,
  normalise,
  parseDuration,
  sayDuration,
  splitText,
  trainIntents,
} from './language/index.ts'
export { createLinter, type LintContext, lintFlow } from './lint/index.ts'
export { type Foresight, foreseeMove } from './move.ts'
export { seedOf } from './random.ts'
export { type Burst, type Contact, type Conversation, type Frame, newConversation, type Owner, type QueuePlace, type Session } from './session.ts'
export { isClosingLine, NOT_MOVED, SESSION_ENDED, type TraceKind, type TraceLine } from './trace.ts'
export {
  createVirtual,
  type VirtualCall,
  type VirtualDelivery,
  type VirtualEntry,
  type VirtualOptions,
  type VirtualRuntime,
  type VirtualState,
  type VirtualTimer,
} from './virtual.ts'
