// Made-up visits for looking at the screens: nobody here is real, and nothing of it ships.
import type { Note, Segment, Sentence, VisitDocument, VisitSummary } from '../../../web/host/application.ts';

export const NOW_MS = Date.UTC(2026, 10, 23, 10, 41);
const at = (hour: number, minute: number): number => Date.UTC(2026, 10, 23, hour, minute);

function segment(id: string, start_s: number, role: 1 | 2, text: string): Segment {
  const words: Segment['words'] = [];
  const bytes = (part: string): number => new TextEncoder().encode(part).length;
  const count = text.split(' ').length;
  let offset = 0;
  text.split(' ').forEach((word, i) => {
    const start_ms = start_s * 1000 + (i / count) * 3000;
    words.push({ start_char: offset, end_char: offset + bytes(word), start_ms, end_ms: start_ms + 3000 / count, confidence: 0.9 });
    offset += bytes(word) + 1;
  });
  return { id, start_ms: start_s * 1000, end_ms: start_s * 1000 + 3000, role, text, confidence: 0.9, words };
}

export const SEGMENTS: Segment[] = [
  segment('s1', 72, 1, 'How long has the knee been bothering you?'),
  segment('s2', 75, 2, 'It started maybe three weeks ago, after I was gardening. It’s the right one.'),
  segment('s3', 84, 1, 'Any locking, or does it give way?'),
  segment('s4', 87, 2, 'No, it doesn’t lock. It’s just swollen, and worse on the stairs.'),
  segment('s5', 96, 1, 'And you’re still taking the metoprolol, fifty twice a day?'),
  segment('s6', 101, 2, 'Yes. And I take ibuprofen, two of them, most nights.'),
  segment('s7', 109, 1, 'Okay. With your blood pressure I’d like you off the ibuprofen.'),
];

let count = 0;
function sentence(text: string, segment_id: string, more: Partial<Sentence> = {}): Sentence {
  const heard = SEGMENTS.find((one) => one.id === segment_id);
  const evidence = heard ? [{ segment_id, start_char: 0, end_char: new TextEncoder().encode(heard.text).length }] : [];
  return {
    id: `n${++count}`, text, evidence, start_ms: heard?.start_ms ?? 0, end_ms: heard?.end_ms ?? 0, flags: [],
    origin: heard ? 0 : 2, drafted_text: '', ...more,
  };
}

export const NOTE: Note = {
  sections: [
    {
      id: 'subjective', title: 'Subjective', sentences: [
        sentence('She presents with right knee swelling for three weeks that began after gardening.', 's2'),
        sentence('She denies locking.', 's4'),
        sentence('Pain is worse on the stairs.', 's4'),
        sentence('She takes metoprolol 50 mg twice a day and ibuprofen most nights.', 's6', { flags: ['low_confidence'] }),
        sentence('Gardens competitively; motivated to return.', ''),
      ],
    },
    {
      id: 'exam', title: 'Exam', sentences: [
        sentence('Right knee: moderate effusion, tender at the medial joint line.', 's3'),
        sentence('Full extension at rest.', 's3', { origin: 1, drafted_text: 'Full extension.' }),
      ],
    },
    {
      id: 'assessment_plan', title: 'Assessment and plan', sentences: [
        sentence('1. Right knee effusion, suspected meniscal injury.', 's7'),
        sentence('X-ray today.', 's7'),
        sentence('Stop ibuprofen.', 's7'),
        sentence('Start acetaminophen', 's7', { flags: ['dose_missing'] }),
        sentence('2. Hypertension: continue metoprolol 50 mg twice a day.', 's5'),
      ],
    },
  ],
  omissions: [
    { id: 'o1', section_id: 'subjective', text: 'My mother had gout.', evidence: [], start_ms: 182000, end_ms: 184000, reason: 'low_relevance' },
  ],
};

export function visit(id: string, name: string, hour: number, minute: number, reason: string, state: 0 | 1 | 2 | 3 | 4, more: Partial<VisitSummary> = {}): VisitSummary {
  return {
    id, patient: { id: `p-${id}`, name, age_years: 58, sex: 1, pronouns: 1 }, reason, scheduled_ms: at(hour, minute),
    state, audio_ms: state >= 3 ? 14 * 60000 : 0, check_count: 0, interrupted: false, demo: true, ...more,
  };
}

export const VISITS: VisitSummary[] = [
  visit('v1', 'M. Chen', 8, 40, 'Follow-up, diabetes', 4),
  visit('v2', 'D. Okafor', 9, 0, 'New, headache', 4),
  visit('v3', 'L. Novak', 9, 40, 'Annual', 3, { check_count: 2 }),
  visit('v4', 'R. Alvarez', 10, 20, 'Knee pain', 3),
  visit('v5', 'S. Patel', 11, 0, 'Video visit, rash', 0),
  visit('v6', 'J. Moreau', 11, 20, 'Follow-up, hypertension', 0),
];

export const DOCUMENT: VisitDocument = {
  summary: VISITS[3] as VisitSummary,
  consents: [{ visit_id: 'v4', given_by: 'R. Alvarez', method: 'aloud', recorded_by: '', at_ms: at(10, 20) }],
  transcript: { segments: SEGMENTS },
  note: NOTE,
  marks: [],
  saved_at_ms: NOW_MS,
};

// Names and reasons as long as they come, on several days.
export const LONG_VISITS: VisitSummary[] = [
  visit('long0', 'Anneliese Hohenlohe-Langenburg', 7, 55, 'Medication review', 4, { scheduled_ms: at(7, 55) - 86_400_000 }),
  visit('long1', 'Maria Fernanda Rodríguez de la Concepción', 8, 40, 'Follow-up after a hospital stay for pneumonia, medication review', 3, { check_count: 12 }),
  visit('long2', 'Wolfeschlegelsteinhausenbergerdorff', 9, 20, 'Headache', 4),
  visit('long3', 'Bartholomew Featherstonehaugh III', 10, 0, 'Shortness of breath on exertion, ankle swelling', 1, { interrupted: true, audio_ms: 372000 }),
  visit('long4', 'Nguyễn Thị Minh Khai', 10, 40, '', 2, { audio_ms: 301000 }),
];

export const LONG_DOCUMENT: VisitDocument = { ...DOCUMENT, summary: LONG_VISITS[1] as VisitSummary };
