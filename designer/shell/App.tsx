/** The whole page: theme, server state, who is signed in, and which page the address shows. */
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Suspense, useEffect } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { onSignedOut, Refusal } from '../api.ts'
import { resolveVariables, theme } from '../theme.ts'
import { ToastPlace } from '../ui/ToastPlace.tsx'
import { CommandPalette } from './CommandPalette.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { EverywhereActions } from './EverywhereActions.tsx'
import { KeyboardHelp } from './KeyboardHelp.tsx'
import { Loading } from './Loading.tsx'
import { useMe, useSetMe } from './me.ts'
import { NotFound } from './NotFound.tsx'
import { lazyPart } from './part.tsx'
import { Shell } from './Shell.tsx'
import { ThemeAttribute } from './ThemeAttribute.tsx'

const ConnectorsPage = lazyPart(async () => (await import('../connectors/index.ts')).ConnectorsPage)
const ConversationsPage = lazyPart(async () => (await import('../conversations/index.ts')).ConversationsPage)
const EditorPage = lazyPart(async () => (await import('../editor/index.ts')).EditorPage)
const FlowsPage = lazyPart(async () => (await import('../flows/index.ts')).FlowsPage)
const SettingsPage = lazyPart(async () => (await import('../settings/index.ts')).SettingsPage)
const StartPage = lazyPart(async () => (await import('../sign-in/index.ts')).StartPage)
const WelcomePage = lazyPart(async () => (await import('../sign-in/index.ts')).WelcomePage)

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // The server's own no is final; only a lost connection or a hiccup is worth another try.
      retry: (failures, error) => failures < 2 && error instanceof Refusal && (error.isOffline || error.status >= 500),
    },
  },
})

/** The designer. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
      <ThemeAttribute />
      <ToastPlace />
      <QueryClientProvider client={queries}>
        <ErrorBoundary>
          <Suspense fallback={<Loading />}>
            <Switch>
              <Route path="/welcome" component={WelcomePage} />
              <Route component={SignedIn} />
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  )
}

function SignedIn() {
  const me = useMe()
  const setMe = useSetMe()
  useEffect(() => onSignedOut(() => setMe(null)), [setMe])
  if (me.isPending) return <Loading />
  if (!me.data) return <StartPage />
  return (
    <>
      <EverywhereActions />
      <CommandPalette />
      <KeyboardHelp />
      <Switch>
        <Route path="/flows/:id/:view?">{({ id, view }) => <EditorPage key={id} id={id} view={view} />}</Route>
        <Route>
          <Shell>
            <Suspense fallback={<Loading />}>
              <Switch>
                <Route path="/">
                  <Redirect to="/flows" replace />
                </Route>
                <Route path="/flows" component={FlowsPage} />
                <Route path="/conversations/:id?/:view?">{({ id, view }) => <ConversationsPage id={id} view={view} />}</Route>
                <Route path="/connectors/:id?">{({ id }) => <ConnectorsPage id={id} />}</Route>
                <Route path="/settings/:section?">{({ section }) => <SettingsPage section={section} />}</Route>
                <Route component={NotFound} />
              </Switch>
            </Suspense>
          </Shell>
        </Route>
      </Switch>
    </>
  )
}
