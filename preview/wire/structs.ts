// Between property values and the protobuf messages that carry them. The same value travels several times (to remediations, to checks, back
// to the program, to the rules over the stack), so the message of an object is kept as long as the object is. Neither is ever changed.
import { struct } from "./stubs";
import type { Properties, Value } from "./values";

type Struct = InstanceType<typeof struct.Struct>;
type Message = InstanceType<typeof struct.Value>;
const kinds = struct.Value.KindCase;
const messages = new WeakMap<object, Message>();

export function fromStruct(message: Struct | undefined): Properties {
  const properties: Properties = {};
  message?.getFieldsMap().forEach((value: Message, key: string) => {
    properties[key] = fromMessage(value);
  });
  return properties;
}

export function toStruct(properties: Properties): Struct {
  const message = new struct.Struct();
  const fields = message.getFieldsMap();
  for (const key in properties) fields.set(key, toMessage(properties[key] ?? null));
  return message;
}

function fromMessage(message: Message): Value {
  switch (message.getKindCase()) {
    case kinds.STRING_VALUE:
      return message.getStringValue();
    case kinds.NUMBER_VALUE:
      return message.getNumberValue();
    case kinds.BOOL_VALUE:
      return message.getBoolValue();
    case kinds.STRUCT_VALUE:
      return kept(fromStruct(message.getStructValue()), message);
    case kinds.LIST_VALUE:
      return kept((message.getListValue()?.getValuesList() ?? []).map(fromMessage), message);
    default:
      return null;
  }
}

function toMessage(value: Value): Message {
  if (typeof value === "object" && value !== null) {
    const known = messages.get(value);
    if (known) return known;
  }
  const message = new struct.Value();
  if (value === null) message.setNullValue(struct.NullValue.NULL_VALUE);
  else if (typeof value === "string") message.setStringValue(value);
  else if (typeof value === "number") message.setNumberValue(value);
  else if (typeof value === "boolean") message.setBoolValue(value);
  else if (Array.isArray(value)) message.setListValue(new struct.ListValue().setValuesList(value.map(toMessage)));
  else message.setStructValue(toStruct(value));
  if (typeof value === "object" && value !== null) kept(value, message);
  return message;
}

function kept<Content extends object>(content: Content, message: Message): Content {
  messages.set(content, message);
  return content;
}
