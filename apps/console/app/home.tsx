import { Navigate } from '@tanstack/react-router';
import { useSession } from './session.js';

/** First screens, best first: whoever has no worklist keeps the system going, or looks after what was done. */
const HOMES = [
  { to: '/worklist', needs: 'worklist.read' },
  { to: '/system', needs: 'system.read' },
  { to: '/ledger', needs: 'ledger.read' },
] as const;

/** Where there is something to do for whoever has signed in. */
export const Home = () => {
  const { may } = useSession();
  return <Navigate to={HOMES.find(({ needs }) => may(needs))?.to ?? '/password'} replace />;
};
