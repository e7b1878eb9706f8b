import { useRouter } from '@tanstack/react-router';

/** Goes where it can be seen what became of it. */
export const useToSubmission = () => {
  const router = useRouter();
  return (disclosure: string | undefined): void =>
    router.history.push(disclosure === undefined ? '/claims' : `/claims/${disclosure}`);
};
