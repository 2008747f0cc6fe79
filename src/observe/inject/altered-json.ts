import { jsonValue } from '../../contract/json-value.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import type { Delivery } from '../wire/delivery.ts';
import { bodyOf, frameOf, unmeasured } from './altered.ts';

/** An object as it shall be sent; undefined = not at all. */
type ChangeJson = (value: JsonObject) => JsonObject | undefined;

/** The data of an event, with what stands before and after it. */
const DATA = /^(.*?data: ?)([^\r\n]*)(.*)$/s;

/** The same answer with its body, or each of its events, changed where it stands; what is no object stays as it is. */
export function withJson(healthy: Delivery, change: ChangeJson): Delivery {
  const whole = jsonValue(bodyOf(healthy));
  const changed = (text: string): string => {
    const value = jsonValue(text);
    if (!isObject(value)) return text;
    const after = change(value);
    return after === undefined ? '' : JSON.stringify(after);
  };
  if (isObject(whole)) return { ...unmeasured(healthy), frames: [frameOf(changed(bodyOf(healthy)))] };
  const frames = healthy.frames.flatMap((frame) => {
    const [, before = '', data = '', after = ''] = DATA.exec(bodyOf({ frames: [frame] })) ?? [];
    const text = changed(data);
    // An event that is left out takes its time with it.
    if (data !== '' && text === '') return [];
    return data === '' ? [frame] : [frameOf(`${before}${text}${after}`, frame.afterMs)];
  });
  return { ...unmeasured(healthy), frames };
}

/** A member as it shall be; undefined = it is left out. */
type ChangeMember = (name: string, value: unknown) => readonly [string, unknown] | undefined;

/** Every member at every depth changed, the inner ones first. What a tool is given is another matter, and stays. */
function withMembers(value: unknown, change: ChangeMember): unknown {
  if (Array.isArray(value)) return value.map((item) => withMembers(item, change));
  return isObject(value) ? objectWithMembers(value, change) : value;
}

/** The same for an object. */
export function objectWithMembers(value: JsonObject, change: ChangeMember): JsonObject {
  const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    if (name === 'input') return [[name, member]];
    const changed = change(name, withMembers(member, change));
    return changed === undefined ? [] : [[changed[0], changed[1]]];
  });
  return Object.fromEntries(members);
}
