/**
 * Brings questions that come while one is under way into the next, which begins after all of them were asked: nobody
 * gets an answer that is older than the question.
 */
export const gather = <Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<ReadonlyMap<Question, Answer>>,
): ((question: Question) => Promise<Answer | undefined>) => {
  let next: { readonly questions: Set<Question>; readonly answers: Promise<ReadonlyMap<Question, Answer>> } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return async (question) => {
    if (next === undefined) {
      const questions = new Set<Question>();
      const answers = last
        .catch(() => undefined)
        .then(() => {
          next = undefined;
          return ask([...questions]);
        });
      next = { questions, answers };
      last = answers;
    }
    next.questions.add(question);
    return (await next.answers).get(question);
  };
};
