import { describe, expect, it } from 'vitest';
import { languageOf } from '../file-languages.ts';
import { scanText } from '../scan-text.ts';

function offered(text: string, path: string): string[] {
  const scan = scanText(text, path, languageOf(path) ?? 'javascript');
  if (scan.kind !== 'scanned') return [];
  return scan.findings.filter(({ rule }) => rule === 'offered-tool').map(({ found, line }) => `${found}:${line}`);
}

const JS = "import OpenAI from 'openai';\n";
const AI = "import { tool } from 'ai';\n";
const PY = 'from openai import OpenAI\n';
const LANGCHAIN = 'from langchain_core.tools import tool\n';

describe('tools that code offers to a model', () => {
  it.each<[string, string, string, string[]]>([
    [
      'the list of OpenAI',
      'a.ts',
      `${JS}const t = [{ type: 'function', function: { name: 'pay', parameters: { type: 'object' } } },\n{ type: 'function', function: { description: 'it {', name: 'look', parameters } }];`,
      ['pay:2', 'look:3'],
    ],
    [
      'the list of Anthropic in Python, whatever the order',
      'a.py',
      `${PY}T = [{"name": "pay", "description": "it's (", "input_schema": {"properties": {"name": {"type": "string"}}}},\n {"input_schema": S, "name": "look"}]`,
      ['pay:2', 'look:3'],
    ],
    [
      'those of the AI SDK, by their keys',
      'a.ts',
      `${AI}const tools = { pay: tool({ inputSchema: z.object({ name: z.string() }) }),\n'look': tool({}) };`,
      ['pay:2', 'look:3'],
    ],
    [
      'those of LangChain, by the name they are given',
      'a.ts',
      "import { tool, DynamicStructuredTool } from '@langchain/core/tools';\nconst a = tool(run, { name: 'pay', schema });\nconst b = new DynamicStructuredTool({ name: 'look', func });",
      ['pay:2', 'look:3'],
    ],
    [
      'decorated functions of Python',
      'a.py',
      `${LANGCHAIN}@tool\ndef pay(x: int):\n    pass\n\n@tool("look", return_direct=True)\nasync def look_up():\n    pass\n`,
      ['pay:3', 'look_up:7'],
    ],
  ])('are %s', (_, path, code, expected) => {
    expect(offered(code, path)).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ['a name far from any schema', 'a.ts', `${JS}const user = { name: 'ann' };\nconst s = { parameters: {} };`],
    ['a name in another object', 'a.ts', `${JS}f([{ name: 'ann' }, { parameters: {} }]);`],
    ['a name that no provider takes', 'a.ts', `${JS}f({ name: 'two words', parameters: {} });`],
    ['parameters of an address', 'a.ts', `${JS}f({ name: 'users', parameters: [{}] });`],
    ['a variable', 'a.ts', `${JS}f({ name: NAME, parameters: {} });`],
    [
      'a function of that name from elsewhere',
      'a.ts',
      `${JS}import { tool } from './own';\nconst x = { pay: tool({}) };`,
    ],
    [
      'what a server of tools serves',
      'a.py',
      `${PY}from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef pay():\n    pass\n`,
    ],
    ['a decorator that only sounds like it', 'a.py', `${LANGCHAIN}@toolbox\ndef pay():\n    pass\n`],
  ])('are not %s', (_, path, code) => {
    expect(offered(code, path)).toEqual([]);
  });

  it('are found in time that grows with the text', () => {
    const many = `${JS}const t = [${"{ name: 'pay', description: 'x', parameters: {} },\n".repeat(8_000)}];`;
    expect(offered(many, 'a.ts')).toHaveLength(8_000);
    const apart = `${JS}${"f({ name: 'pay' }, { parameters: {} });\n".repeat(8_000)}`;
    expect(offered(apart, 'a.ts')).toEqual([]);
  });
});
