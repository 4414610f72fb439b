import { decompressRTF } from '@kenjiuno/decompressrtf';
import type { DocumentWarning, SourceFile } from '#shared/domain/document.ts';
import { decodeText } from '../decode-text.ts';
import type { ReadContent } from '../read-content.ts';
import { contentOfMessage, type MailField, type MailPart } from './mail/message.ts';
import { isEnvelopedData, passwordProtected } from './mail/secure-mail.ts';
import { openCompoundFile, type Storage } from './msg/compound-file.ts';
import { fileOfMessage } from './msg/embedded-message.ts';
import { type Properties, propertiesOf } from './msg/properties.ts';
import { encodingOfCodePage } from './rtf/charsets.ts';
import { encapsulatedHtml } from './rtf/encapsulated-html.ts';
import { readRtf } from './rtf.ts';

/** Ids of properties (MS-OXPROPS). */
const ids = {
  messageClass: 0x001a,
  subject: 0x0037,
  submitTime: 0x0039,
  senderOnBehalf: 0x0042,
  deliveryTime: 0x0e06,
  displayBcc: 0x0e02,
  displayCc: 0x0e03,
  displayTo: 0x0e04,
  recipientType: 0x0c15,
  senderName: 0x0c1a,
  senderAddress: 0x0c1f,
  senderSmtp: 0x5d01,
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  displayName: 0x3001,
  address: 0x3003,
  smtp: 0x39fe,
  data: 0x3701,
  fileName: 0x3704,
  longFileName: 0x3707,
  mediaType: 0x370e,
  attachmentFlags: 0x3714,
  internetCodePage: 0x3fde,
  hidden: 0x7ffe,
} as const;

/** Cards of the address book have their text in fields (MS-OXOCNTC). */
const cardFields: readonly (readonly [id: number, name: string])[] = [
  [0x3001, 'Name'],
  [0x3a17, 'Job title'],
  [0x3a18, 'Department'],
  [0x3a16, 'Company'],
  [0x3a08, 'Business phone'],
  [0x3a1c, 'Mobile phone'],
  [0x3a09, 'Home phone'],
  [0x3a24, 'Business fax'],
  [0x3a15, 'Address'],
];

const headerOfMessage = 32;
const headerOfPart = 8;
/** Larger bodies in RTF hold pictures; the plain text says the same. */
const maxRtfSizeInBytes = 4 * 1024 * 1024;

/** Reads a message of Outlook (MS-OXMSG), or another item of it, in the same form as an e-mail. */
export async function readMsg(file: SourceFile): Promise<ReadContent> {
  const root = openCompoundFile(file.bytes);
  const properties = propertiesOf(root, headerOfMessage);
  const { parts, warnings } = partsOf(root, properties.encoding);
  const messageClass = properties.string(ids.messageClass) ?? '';
  const isSecure = /\.SMIME$/i.test(messageClass);
  if (isSecure && parts.some(isSealed)) throw passwordProtected();
  const body = await bodyOf(file, properties);
  return await contentOfMessage(file, {
    fields: fieldsOf(root, properties),
    subject: properties.string(ids.subject),
    ...body,
    parts: parts.map((part) => (/\.SMIME/i.test(messageClass) ? asSignedMessage(part) : part)),
    warnings,
  });
}

function isSealed(part: MailPart): boolean {
  return isEnvelopedData({ ...part, mediaType: 'application/pkcs7-mime' });
}

/** A signed message comes as one attachment that holds the whole of it as it was sent (MS-OXOSMIME 2.1.3). */
function asSignedMessage(part: MailPart): MailPart {
  const head = new TextDecoder('latin1').decode(part.bytes.subarray(0, 200));
  if (!/^content-type:\s*multipart\/signed/i.test(head.trimStart())) return part;
  const bytes = new TextEncoder().encode('MIME-Version: 1.0\r\n');
  const whole = new Uint8Array(bytes.length + part.bytes.length);
  whole.set(bytes);
  whole.set(part.bytes, bytes.length);
  return { ...part, name: undefined, mediaType: 'message/rfc822', bytes: whole };
}

function fieldsOf(root: Storage, properties: Properties): MailField[] {
  const isCard = /^IPM\.Contact/i.test(properties.string(ids.messageClass) ?? '');
  const { to, cc, bcc } = recipientsOf(root);
  const date = properties.time(ids.submitTime) ?? properties.time(ids.deliveryTime);
  const sender = properties.string(ids.senderName) ?? properties.string(ids.senderOnBehalf);
  const address = properties.string(ids.senderSmtp) ?? properties.string(ids.senderAddress);
  const named: (readonly [string, string | undefined])[] = [
    ['From', addressed(sender, address)],
    ['To', to || properties.string(ids.displayTo)],
    ['Cc', cc || properties.string(ids.displayCc)],
    ['Bcc', bcc || properties.string(ids.displayBcc)],
    ['Date', date],
    ['Subject', properties.string(ids.subject)],
    ...(isCard ? cardFields.map(([id, name]) => [name, properties.string(id)] as const) : []),
  ];
  return named
    .filter(([, value]) => value !== undefined && value.trim() !== '')
    .map(([name, value], index) => ({ name, value: value ?? '', position: index + 1 }));
}

function recipientsOf({ storages }: Storage): { to: string; cc: string; bcc: string } {
  const lists: Record<number, string[]> = { 1: [], 2: [], 3: [] };
  for (const storage of storages.filter((each) => /^__recip_version1\.0_/i.test(each.name))) {
    const properties = propertiesOf(storage, headerOfPart);
    const address = properties.string(ids.smtp) ?? properties.string(ids.address);
    const text = addressed(properties.string(ids.displayName), address);
    if (text !== undefined) lists[properties.integer(ids.recipientType) ?? 1]?.push(text);
  }
  const [to = '', cc = '', bcc = ''] = [1, 2, 3].map((type) => lists[type]?.join(', '));
  return { to, cc, bcc };
}

/** `Name <address>`; an address within Exchange is no address to anybody else. */
function addressed(name: string | undefined, address: string | undefined): string | undefined {
  const mail = address?.includes('@') === true ? address : undefined;
  const shown = name?.trim() ?? '';
  if (mail === undefined || shown === mail) return shown || mail;
  return shown === '' ? mail : `${shown} <${mail}>`;
}

/** HTML as such or within RTF, and plain text; RTF of its own where there is nothing else. */
async function bodyOf(
  file: SourceFile,
  properties: Properties,
): Promise<{ text: string | undefined; html: string | undefined }> {
  const text = properties.string(ids.body);
  const html = properties.string(ids.html) ?? htmlFrom(properties);
  if (html !== undefined && html.trim() !== '') return { text, html };
  const rtf = unpackedRtf(properties.binary(ids.rtf));
  const inRtf = rtf === undefined ? undefined : encapsulatedHtml(rtf);
  if (inRtf !== undefined && inRtf.trim() !== '') return { text, html: inRtf };
  if (rtf === undefined || (text ?? '').trim() !== '') return { text, html: undefined };
  const { units } = await readRtf({ ...file, bytes: rtf });
  return { text: units.map((unit) => unit.text).join('\n\n'), html: undefined };
}

function htmlFrom(properties: Properties): string | undefined {
  const bytes = properties.binary(ids.html);
  if (bytes === undefined) return undefined;
  const page = properties.integer(ids.internetCodePage);
  return decodeText(bytes, page === undefined ? undefined : encodingOfCodePage(page)).text;
}

/** MS-OXRTFCP. The library believes the size that the data declares, so it is made to fit. */
function unpackedRtf(packed: Uint8Array | undefined): Uint8Array | undefined {
  if (packed === undefined || packed.length < 16 || packed.length > maxRtfSizeInBytes)
    return undefined;
  const fitting = packed.slice();
  const view = new DataView(fitting.buffer);
  const declared = view.getUint32(0, true);
  view.setUint32(0, Math.min(declared, packed.length - 4), true);
  try {
    return Uint8Array.from(decompressRTF([...fitting]));
  } catch {
    return undefined;
  }
}

function partsOf(
  root: Storage,
  encoding: string,
): { parts: MailPart[]; warnings: DocumentWarning[] } {
  const names = root.storages.find((each) => /^__nameid_version1\.0$/i.test(each.name));
  const parts: MailPart[] = [];
  const warnings: DocumentWarning[] = [];
  for (const storage of root.storages.filter((each) => /^__attach_version1\.0_/i.test(each.name))) {
    const properties = propertiesOf(storage, headerOfPart, encoding);
    const inner = storage.storages.find((each) => /^__substg1\.0_3701000D$/i.test(each.name));
    const isMessage = inner?.streams.includes('__properties_version1.0') === true;
    if (inner !== undefined && isMessage) parts.push(innerMessage(inner, names, properties));
    else if (inner !== undefined) warnings.push(embeddedObject());
    else parts.push(partOf(properties));
  }
  return { parts, warnings };
}

function innerMessage(
  inner: Storage,
  names: Storage | undefined,
  properties: Properties,
): MailPart {
  const name = properties.string(ids.displayName)?.trim() || 'message';
  return {
    name: /\.msg$/i.test(name) ? name : `${name}.msg`,
    mediaType: 'application/vnd.ms-outlook',
    bytes: fileOfMessage(inner, names),
    isInline: false,
  };
}

function partOf(properties: Properties): MailPart {
  const name =
    properties.string(ids.longFileName) ??
    properties.string(ids.fileName) ??
    properties.string(ids.displayName);
  const mediaType = (properties.string(ids.mediaType) ?? '').toLowerCase();
  const isShownInBody = ((properties.integer(ids.attachmentFlags) ?? 0) & 4) !== 0;
  const isHidden = properties.integer(ids.hidden) === 1;
  const isPicture =
    mediaType.startsWith('image/') || /\.(?:png|jpe?g|gif|bmp|emf|wmf)$/i.test(name ?? '');
  return {
    name,
    mediaType: mediaType === '' && isPicture ? 'image/unknown' : mediaType,
    bytes: properties.binary(ids.data) ?? new Uint8Array(),
    isInline: isPicture && (isShownInBody || isHidden),
  };
}

function embeddedObject(): DocumentWarning {
  const message = 'An embedded object was not opened.';
  return { code: 'embedded-object', message, count: 1 };
}
