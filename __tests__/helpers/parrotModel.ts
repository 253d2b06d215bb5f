import type { Received, Responder } from './httpTarget';

const OUTPUT_TOOL = 'aiEmployeeWorkflowTaskOutput';

type Tool = { function: { name: string } };

/** A model's answer, in the format that most services share. */
const completion = (message: object) => ({
  id: 'chat-1',
  object: 'chat.completion',
  created: 1,
  model: 'parrot',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: '', ...message } }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});

/**
 * Answers as a model that says again what it was told last, refuses what asks it to refuse, and hands in `{ mood: 'fine' }`
 * once where it is given the tool for results.
 */
export function answerAsParrot({ body }: Pick<Received, 'body'>): Awaited<ReturnType<Responder>> {
  const { messages, tools = [] }: { messages?: { role: string; content: unknown }[]; tools?: Tool[] } = JSON.parse(body || '{}');
  const last = messages?.at(-1);
  const text = JSON.stringify(last?.content ?? '');
  if (text.includes('refuse')) return { status: 400, body: { error: { message: 'I refuse', type: 'invalid_request_error' } } };
  // Asked again after that, it says something: else it would be asked for ever.
  if (last?.role !== 'tool' && tools.some(({ function: { name } }) => name === OUTPUT_TOOL)) {
    const call = { id: 'call-1', type: 'function', function: { name: OUTPUT_TOOL, arguments: JSON.stringify({ result: { mood: 'fine' } }) } };
    return { body: completion({ tool_calls: [call] }) };
  }
  return { body: completion({ content: `echo ${text}` }) };
}
