#!/usr/bin/env python3
"""Trains the linear note model and writes public/models/note_linear.bin (format: src/note/linear_model.h).

    note_linear.py --program build/native/chartside --data DATA [--out public/models/note_linear.bin]

DATA holds aci-bench/{train,valid}.csv and mts-dialog/{train,valid}.csv. The features come out of the program itself
(`eval note --features`), so training and use cannot drift apart. The train visits are read twice: as they were typed,
and cut and marked as a recogniser would (`spoken`), so that short segments without marks are told apart too. Needs numpy; seeds are fixed, so the same inputs
give the same file.
"""
import argparse, collections, csv, math, os, random, re, struct, subprocess, sys, tempfile
import numpy as np

csv.field_size_limit(10 ** 9)
SECTIONS = ['subjective', 'medications', 'exam', 'results', 'assessment_plan']
HEADS = 8
MTS_SECTION = {'MEDICATIONS': 1, 'EXAM': 2, 'IMAGING': 3, 'LABS': 3, 'PROCEDURES': 3, 'ASSESSMENT': 4, 'DIAGNOSIS': 4, 'PLAN': 4,
               'DISPOSITION': 4, 'EDCOURSE': 4}
HEADER = [(1, r'(current )?medications?( history)?'), (2, r'(physical )?exam(ination)?|pe|vitals( reviewed)?|physical findings|review of vitals'),
          (3, r'results?|findings|labs|imaging'),
          (4, r'assessment( (and|&) plan)?|plan|impression|a/p|ap|instructions?|disposition|assessment / plan'),
          (0, r'chief complaint|cc|hpi|history of present illness|history|subjective|review of systems|ros|.*history.*|allergies|reason for visit')]
STOP = set('a an the and or but if then so of to in on at for with from by as is are was were be been being am do does did have has had i you he she it '
           'we they me him her us them my your his its our their this that these those there here can could will would should just very about '
           'patient reports states denies presents today also which'.split())


def fnv(text):
    h = 0xcbf29ce484222325
    for c in text.encode():
        h = ((h ^ c) * 0x100000001b3) & 0xffffffffffffffff
    return h


def stem(w):
    for tail in ('ations', 'ation', 'ings', 'ing', 'edly', 'ied', 'ies', 'ed', 'es', 's', 'ly'):
        if w.endswith(tail) and len(w) - len(tail) >= 3:
            return w[:-len(tail)]
    return w


def words(text):
    return re.sub(r'[^a-z0-9]+', ' ', text.lower()).split()


def note_sentences(note):
    """(section, sentence) of a note, sections by its headings."""
    section, out = 0, []
    for line in note.split('\n'):
        bare = line.strip().strip('•- ').strip()
        if not bare:
            continue
        head = bare.rstrip(':').lower()
        hit = next((s for s, rx in HEADER if re.fullmatch(rx, head)), None)
        if hit is not None and len(head.split()) <= 5:
            section = hit
            continue
        m = re.match(r'([A-Za-z /&]+):\s', bare)
        if m:
            hit = next((s for s, rx in HEADER if re.fullmatch(rx, m.group(1).strip().lower())), None)
            if hit is not None:
                section, bare = hit, bare[m.end():]
        for sentence in re.split(r'(?<=[.?!])\s+', bare):
            if 'understands and agrees' in sentence or len(words(sentence)) < 2:
                continue
            out.append((section, sentence))
    return out


def spoken(path, copy):
    """Writes `path` again to `copy` as a recogniser would: each sentence a segment of its own, capitals, and two in five
    question marks heard as full stops. Returns the segments (visit, index) whose mark was lost."""
    rng, lost = random.Random(5), set()
    rows = list(csv.DictReader(open(path, newline='', encoding='utf-8', errors='replace')))
    out = csv.DictWriter(copy, ['encounter_id', 'dialogue'])
    out.writeheader()
    for row in rows:
        lines = []
        for line in row['dialogue'].split('\n'):
            turn = re.match(r'\[(\w+)\]\s*(.*)', line)
            if not turn:
                continue
            text = re.sub(r'\b(dr|mr|mrs|ms) \.', r'\1.', turn.group(2))
            text = re.sub(r"\s+(n't|'s|'m|'re|'ve|'ll|'d|[,.?!])", r'\1', text)
            for sentence in re.split(r'(?<=[.?!])(?<!\bdr\.)(?<!\bmr\.)(?<!\bms\.)(?<!\bmrs\.)\s+', text.strip()):
                if not re.search(r'\w', sentence):
                    continue
                if sentence.endswith('?') and rng.random() < .4:
                    sentence = sentence[:-1]
                    lost.add((row['encounter_id'], len(lines)))
                if sentence[-1] not in '.?!':
                    sentence += '.'
                lines.append(f'[{turn.group(1)}] {sentence[0].upper()}{sentence[1:]}')
        out.writerow({'encounter_id': row['encounter_id'], 'dialogue': '\n'.join(lines)})
    copy.flush()
    return lost


def dump(program, path, lost=frozenset()):
    with tempfile.NamedTemporaryFile(suffix='.tsv') as f:
        subprocess.run([program, 'eval', 'note', '--csv', path, '--features', f.name], check=True)
        visits, last = collections.OrderedDict(), {}
        for line in open(f.name, encoding='utf-8', errors='replace'):
            visit, segment, role, question, text, full, plain = line.rstrip('\n').split('\t')
            clauses = visits.setdefault(visit, [])
            clauses.append((role, int(question), text, full.split(), plain.split(), int(segment)))
            last[visit, int(segment)] = len(clauses) - 1
        for key in lost & last.keys():
            role, _, *rest = visits[key[0]][last[key]]
            visits[key[0]][last[key]] = (role, 1, *rest)
        return visits


def right_speakers(program, path, copy, folds=4):
    """Writes `path` again to `copy` with the speakers of a turn exchanged where a model of the other visits is sure of
    it: some visits of the data have them the wrong way round for a stretch."""
    visits = dump(program, path)
    names, swapped = list(visits), set()
    for fold in range(folds):
        train = [c for i, name in enumerate(names) if i % folds != fold for c in visits[name]]
        index = {}
        rows = [np.array([index.setdefault(f, len(index)) for f in c[4]], int) for c in train]
        w, b = fit(rows, np.array([1. if c[0] == 'd' else 0. for c in train]), np.ones(len(train)), len(index), 5, 2e-5, .6, 11, 1)
        for name in names[fold::folds]:
            sums = collections.Counter()
            for c in visits[name]:
                score = float(w[[index[f] for f in c[4] if f in index]].sum() + b[0])
                sums[c[5]] += max(-4., min(4., score)) * (1 if c[0] == 'd' else -1)
            swapped |= {(name, segment) for segment, total in sums.items() if total < -5}
    out = csv.DictWriter(copy, ['encounter_id', 'dialogue'])
    out.writeheader()
    other = {'doctor': 'patient', 'patient': 'doctor'}
    for row in csv.DictReader(open(path, newline='', encoding='utf-8', errors='replace')):
        lines, turn = [], -1
        for line in row['dialogue'].split('\n'):
            m = re.match(r'\[(\w+)\]\s*(.*)', line)
            turn += bool(m and m.group(2).strip())
            if m and m.group(1) in other and (row['encounter_id'], turn) in swapped:
                line = f'[{other[m.group(1)]}] {m.group(2)}'
            lines.append(line)
        out.writerow({'encounter_id': row['encounter_id'], 'dialogue': '\n'.join(lines)})
    copy.flush()
    print(f'{len(swapped)} turns of {len({name for name, _ in swapped})} visits were given to the other speaker')


def label(clauses, targets):
    """Relevance in [0, 1] and section of each clause, by weighted overlap with the note's sentences."""
    bags = [{stem(w) for w in words(c[2]) if w not in STOP} for c in clauses]
    # an answer is judged together with its question
    joined = [b | (bags[i - 1] if i and clauses[i - 1][1] and clauses[i][0] != clauses[i - 1][0] else set()) for i, b in enumerate(bags)]
    df = collections.Counter(w for b in bags for w in b)
    n = max(1, len(bags))
    idf = lambda w: math.log(1 + n / (1 + df[w]))
    relevance, section = np.zeros(n), np.zeros(n, int)
    best = np.zeros(n)
    for s, sentence in targets:
        target = {stem(w) for w in words(sentence) if w not in STOP}
        weight = sum(map(idf, target)) or 1
        scores = np.array([sum(idf(w) for w in b & target) for b in joined])
        if not len(scores) or scores.max() <= 0:
            continue
        covered, left = set(), 3
        for i in np.argsort(-scores, kind='stable')[:12]:
            gain = sum(idf(w) for w in (joined[i] & target) - covered) / weight
            if gain < .18 or not left:
                continue
            precision = sum(idf(w) for w in joined[i] & target) / (sum(map(idf, joined[i])) or 1)
            value = 2 * (scores[i] / weight) * precision / ((scores[i] / weight) + precision + 1e-9)
            covered |= joined[i]
            left -= 1
            if value > .14:
                relevance[i] = 1
                if value > best[i]:
                    best[i], section[i] = value, s
                # the question that a chosen answer belongs to matters as well
                if i and clauses[i - 1][1] and clauses[i - 1][0] != clauses[i][0] and not relevance[i - 1]:
                    relevance[i - 1], section[i - 1], best[i - 1] = 1, s, value * .9
    return relevance, section


def load(program, data, kind):
    rows = []
    aci, mts_dialog = f'{data}/aci-bench/{kind}.csv', f'{data}/mts-dialog/{kind}.csv'
    righted, heard = (tempfile.NamedTemporaryFile('w', suffix='.csv', newline='') for _ in range(2))
    if kind == 'train':
        right_speakers(program, aci, righted)
        lost = spoken(righted.name, heard)
        sources = ((aci, False, righted.name, set()), (aci, False, heard.name, lost), (mts_dialog, True, mts_dialog, set()))
    else:
        sources = ((aci, False, aci, set()), (mts_dialog, True, mts_dialog, set()))
    for path, mts, read, lost in sources:
        visits = dump(program, read, lost)
        for r in csv.DictReader(open(path, newline='', encoding='utf-8', errors='replace')):
            key = r['ID'] if mts else r['encounter_id']
            if key not in visits:
                continue
            clauses = visits[key]
            if mts:
                s = MTS_SECTION.get(r['section_header'], 0)
                targets = [(s, x) for x in re.split(r'(?<=[.?!])\s+', r['section_text']) if words(x)]
            else:
                targets = note_sentences(r['note'])
            relevance, section = label(clauses, targets)
            for i, c in enumerate(clauses):
                rows.append((mts, c, relevance[i], section[i]))
    return rows


def fit(X, Y, W, size, epochs, l2, dropout, seed, columns):
    """Logistic (one column) or softmax (several) regression by AdaGrad over sparse rows of `size` features, with
    `dropout` of the features of a row each time it is seen, so that no rare word decides alone."""
    rng = np.random.RandomState(seed)
    w, b = np.zeros((size, columns)), np.zeros(columns)
    gw, gb = np.full((size, columns), 1e-2), np.full(columns, 1e-2)
    order = np.arange(len(X))
    kept = 1 - dropout
    for epoch in range(epochs):
        rng.shuffle(order)
        for i in order:
            f = X[i] if not dropout else X[i][rng.rand(len(X[i])) < kept]
            z = w[f].sum(0) / kept + b
            if columns == 1:
                g = (1 / (1 + np.exp(-np.clip(z, -30, 30))) - Y[i]) * W[i]
            else:
                p = np.exp(z - z.max()); p /= p.sum()
                p[Y[i]] -= 1
                g = p * W[i]
            step = g + l2 * w[f]
            gw[f] += step * step
            w[f] -= .1 * step / np.sqrt(gw[f])
            gb += g * g
            b -= .1 * g / np.sqrt(gb)
    return w, b


def auc(score, y):
    order = np.argsort(score, kind='stable')
    rank = np.empty(len(score)); rank[order] = np.arange(1, len(score) + 1)
    p = y.sum()
    return (rank[y == 1].sum() - p * (p + 1) / 2) / max(1, p * (len(y) - p))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--program', required=True)
    ap.add_argument('--data', required=True)
    ap.add_argument('--out', default='public/models/note_linear.bin')
    ap.add_argument('--features', type=int, default=150000, help='size of the vocabulary kept')
    ap.add_argument('--epochs', type=int, default=8)
    ap.add_argument('--l2', type=float, default=2e-5)
    ap.add_argument('--dropout', type=float, default=0.6)
    a = ap.parse_args()
    train, valid = load(a.program, a.data, 'train'), load(a.program, a.data, 'valid')
    count = collections.Counter()
    for mts, c, _, _ in train:
        count.update(set(c[3]))
    vocabulary = [f for f, n in sorted(count.items(), key=lambda x: (-x[1], x[0])) if n >= 3][:a.features]
    index = {f: i for i, f in enumerate(vocabulary)}
    ids = lambda names: np.array([index[f] for f in names if f in index], int)

    def matrix(rows):
        full, plain = [ids(c[3]) for _, c, _, _ in rows], [ids([f for f in c[4]]) for _, c, _, _ in rows]
        quiet = [ids([f for f in c[4] if '?' not in f]) for _, c, _, _ in rows]
        return full, plain, quiet
    full, plain, quiet = matrix(train)
    vfull, vplain, vquiet = matrix(valid)
    weight = np.array([.5 if r[0] else 1 for r in train])
    n = len(vocabulary)
    weights, bias = np.zeros((n, HEADS)), np.zeros(HEADS)

    y = np.array([r[2] for r in train])
    w, b = fit(full, y, weight, n, a.epochs, a.l2, a.dropout, 1, 1)
    weights[:, :1], bias[:1] = w, b
    relevant = [i for i, r in enumerate(train) if r[2] > 0]
    factor = np.array([1, 1.2, 2., 3., 1.2])
    sy = np.array([train[i][3] for i in relevant])
    w, b = fit([full[i] for i in relevant], sy, factor[sy] * weight[relevant], n, a.epochs, a.l2, a.dropout, 2, 5)
    weights[:, 1:6], bias[1:6] = w, b
    ry = np.array([1. if r[1][0] == 'd' else 0. for r in train])
    w, b = fit(plain, ry, weight, n, a.epochs, a.l2, a.dropout, 3, 1)
    weights[:, 6:7], bias[6:7] = w, b
    qy = np.array([float(r[1][1]) for r in train])
    w, b = fit(quiet, qy, weight, n, a.epochs, a.l2, a.dropout, 4, 1)
    weights[:, 7:8], bias[7:8] = w, b

    scale = np.abs(weights).max(0) / 127
    small = np.round(weights / scale).astype(np.int8)
    back = small * scale
    keep = np.flatnonzero(np.abs(small).max(1) > 0)

    def report(name, rows, f, p, q):
        aci = np.array([not r[0] for r in rows])
        rel = np.array([back[x, 0].sum() + bias[0] for x in f]); y = np.array([r[2] for r in rows])
        sec = np.array([np.argmax(back[x, 1:6].sum(0) + bias[1:6]) for x in f]); s = np.array([r[3] for r in rows])
        role = np.array([back[x, 6].sum() + bias[6] > 0 for x in p]); ry = np.array([r[1][0] == 'd' for r in rows])
        que = np.array([back[x, 7].sum() + bias[7] for x in q]); qy = np.array([r[1][1] for r in rows])
        m = aci & (y > 0)
        print(f'{name}: clauses {aci.sum()} relevant {m.sum()} AUC {auc(rel[aci], y[aci]):.3f} section {np.mean(sec[m] == s[m]):.3f} '
              f'role (clause) {np.mean(role[aci] == ry[aci]):.3f} question AUC {auc(que, qy):.3f}')
        for k, title in enumerate(SECTIONS):
            t = m & (s == k)
            print(f'   {title:16s} {t.sum():5d} recall {np.mean(sec[t] == k) if t.sum() else 0:.3f}')
    report('train', train, full, plain, quiet)
    report('valid', valid, vfull, vplain, vquiet)

    hashed = sorted((fnv(vocabulary[i]), i) for i in keep)
    assert len({h for h, _ in hashed}) == len(hashed)
    with open(a.out, 'wb') as f:
        f.write(b'CSNL' + struct.pack('<III', 1, HEADS, len(hashed)))
        f.write(struct.pack(f'<{HEADS}f', *bias) + struct.pack(f'<{HEADS}f', *scale))
        f.write(b''.join(struct.pack('<Q', h) for h, _ in hashed))
        f.write(b''.join(small[i].tobytes() for _, i in hashed))
    print(f'{a.out}: {len(hashed)} features, {os.path.getsize(a.out)} bytes')


if __name__ == '__main__':
    main()
