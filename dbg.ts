import { meetingFile } from './scripts/scorecard/meetings/files.ts';
import { planMeeting } from './scripts/scorecard/meetings/meeting.ts';
import { jsonOf, runCase } from './scripts/scorecard/run-case.ts';
for (const [minutes, language, format, seed] of [[30,'en','srt',2],[180,'en','vtt',4],[30,'en','zoom',7],[30,'en','amazon',8],[30,'de','vtt',9],[60,'de','txt',10]] as const) {
  const meeting = planMeeting(minutes, { language, seed, date: '2026-03-11' });
  const run = await runCase({ workflow: 'minutes', files: [await meetingFile(meeting, format)], params: { attendees: meeting.attendees, date: '2026-03-11' } });
  const r = jsonOf(run, 'result.json') as any;
  console.log('=====', minutes, language, format);
  for (const p of meeting.actions) {
    const a = r.actions.find((x: any) => x.quote.includes(p.mark));
    if (!a) { console.log('MISSING', p, meeting.lines.find((l) => l.text.includes(p.mark))); continue; }
    if (p.isAmbiguous ? a.ownerStatus !== 'ambiguous' : a.owner !== p.owner || a.isWithdrawn !== p.isWithdrawn) console.log('OWNER', p, a);
    if (a.due !== (p.date ?? '') || (a.dueStatus === 'impossible') !== p.isImpossible) console.log('DUE', p, a);
  }
  for (const d of meeting.decisions) if (!r.decisions.some((x: any) => x.quote.includes(d))) console.log('NODEC', d, meeting.lines.find((l) => l.text.includes(d)));
  for (const a of [...r.actions, ...r.decisions]) if (!meeting.actions.some((p) => a.quote.includes(p.mark)) && !meeting.decisions.some((d) => a.quote.includes(d))) console.log('EXTRA', a);
}
