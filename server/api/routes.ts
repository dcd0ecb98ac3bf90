/** Every line of the API's table. */
import { channelRoutes } from './channels.ts'
import { chatRoutes } from './chats.ts'
import { connectorRoutes } from './connectors.ts'
import { conversationRoutes } from './conversations.ts'
import { deliveryRoutes } from './deliveries.ts'
import { flowLifeRoutes } from './flow-life.ts'
import { flowMoveRoutes } from './flow-moves.ts'
import { flowRunningRoutes } from './flow-running.ts'
import { flowTestRoutes } from './flow-tests.ts'
import { flowVersionRoutes } from './flow-versions.ts'
import { flowRoutes } from './flows.ts'
import { healthRoutes } from './health.ts'
import { keptAsideRoutes } from './kept_aside.ts'
import { keyRoutes } from './keys.ts'
import { liveRoutes } from './live.ts'
import { queueRoutes } from './queues.ts'
import type { Route } from './route.ts'
import { secretRoutes } from './secrets.ts'
import { meRoutes } from './sign-in/me.ts'
import { userRoutes } from './sign-in/users.ts'
import { welcomeRoutes } from './sign-in/welcome.ts'
import { templateRoutes } from './templates.ts'

/** In the order the description shows them. */
export const ROUTES: readonly Route[] = [
  ...flowRoutes,
  ...flowVersionRoutes,
  ...flowLifeRoutes,
  ...templateRoutes,
  ...flowTestRoutes,
  ...flowRunningRoutes,
  ...flowMoveRoutes,
  ...channelRoutes,
  ...connectorRoutes,
  ...conversationRoutes,
  ...liveRoutes,
  ...queueRoutes,
  ...deliveryRoutes,
  ...keptAsideRoutes,
  ...keyRoutes,
  ...secretRoutes,
  ...meRoutes,
  ...userRoutes,
  ...welcomeRoutes,
  ...healthRoutes,
  ...chatRoutes,
]
