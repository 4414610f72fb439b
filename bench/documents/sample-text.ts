const places = ['Pankow', 'Lichtenberg', 'Spandau', 'Köpenick', 'Rummelsburg', 'Grünau', 'Treptow'];

/** Sentences that differ from place to place, so that nothing is gained by remembering one. */
export function sentences(seed: number, count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const place = places[(seed + index) % places.length];
    return `In quarter ${1 + (seed % 4)} the depot at ${place} moved ${4_000 + seed * 7 + index} wagons, ${((seed % 90) / 10).toFixed(1)} percent more than a year before.`;
  }).join(' ');
}

export function markdown(sections: number): string {
  return numbered(
    sections,
    (index) =>
      `## Depot ${index}\n\n${sentences(index, 4)}\n\n- ${sentences(index, 1)}\n- ${sentences(index + 1, 1)}\n\n| Quarter | Wagons |\n| --- | ---: |\n| Q1 | ${index} |\n`,
  ).join('\n');
}

export function html(sections: number): string {
  const body = numbered(
    sections,
    (index) =>
      `<h2>Depot ${index}</h2><p>${sentences(index, 4)}</p><ul><li>${sentences(index, 1)}</li></ul><table><tr><th>Quarter</th><th>Wagons</th></tr><tr><td>Q1</td><td>${index}</td></tr></table>`,
  );
  return `<!doctype html><html lang="en"><title>Depots</title>${body.join('\n')}</html>`;
}

export function plain(paragraphs: number): string {
  return numbered(paragraphs, (index) => sentences(index, 4)).join('\n\n');
}

export function csv(rows: number, columns: number): string {
  const header = numbered(columns, (column) => `Column ${column}`).join(',');
  const lines = numbered(rows, (row) =>
    numbered(columns, (column) =>
      column % 4 === 0 ? `"Depot ${row}, track ${column}"` : String(row * column),
    ).join(','),
  );
  return [header, ...lines].join('\r\n');
}

export function mail(paragraphs: number): string {
  const header = [
    'From: Anna <anna@example.org>',
    'To: Ben <ben@example.org>',
    'Subject: Depots',
    'Date: Mon, 12 Jan 2026 09:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
  ];
  return `${header.join('\r\n')}\r\n\r\n${plain(paragraphs).replaceAll('\n', '\r\n')}`;
}

export function webVtt(cues: number): string {
  const lines = numbered(
    cues,
    (cue) =>
      `${clock(cue * 4, '.')} --> ${clock(cue * 4 + 3, '.')}\n<v ${speakerOf(cue)}>${sentences(cue, 1)}</v>\n`,
  );
  return `WEBVTT\n\n${lines.join('\n')}`;
}

export function subRip(cues: number): string {
  return numbered(
    cues,
    (cue) =>
      `${cue}\n${clock(cue * 4, ',')} --> ${clock(cue * 4 + 3, ',')}\n${sentences(cue, 1)}\n`,
  ).join('\n');
}

/** In the form of Amazon Transcribe with speakers. */
export function transcript(segments: number): string {
  const audioSegments = numbered(segments, (index) => ({
    id: index - 1,
    transcript: sentences(index, 1),
    start_time: String(index * 4),
    end_time: String(index * 4 + 3),
    speaker_label: `spk_${index % 2}`,
    items: [],
  }));
  const whole = audioSegments.map((segment) => segment.transcript).join(' ');
  return JSON.stringify({
    jobName: 'depots',
    status: 'COMPLETED',
    results: { transcripts: [{ transcript: whole }], audio_segments: audioSegments, items: [] },
  });
}

function numbered<Each>(count: number, each: (position: number) => Each): Each[] {
  return Array.from({ length: count }, (_, index) => each(index + 1));
}

function speakerOf(cue: number): string {
  return cue % 3 === 0 ? 'Anna' : 'Ben';
}

function clock(seconds: number, separator: string): string {
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${parts.map((part) => String(part).padStart(2, '0')).join(':')}${separator}000`;
}
