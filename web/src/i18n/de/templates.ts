import type { templateText } from "../../home/templates/templateText.ts";

export const templates: typeof templateText = {
  title: "Beginnen mit",
  hint: "Jede Vorlage ist vom ersten Moment an ein gewöhnliches Dokument.",
  making: "Das Dokument entsteht",
  blank: { name: "Leere Seite", about: "Nichts als Platz", title: "", markdown: "" },
  meeting: {
    name: "Besprechung",
    about: "Wer, was, und wer macht was bis wann",
    title: "Besprechung",
    markdown: `**Datum:**  
**Anwesend:**  
**Protokoll:**

## Worum es geht

Ein Satz, der sagt, was nach dieser Besprechung anders sein soll.

## Themen

1. Erstes Thema
2. Zweites Thema

## Beschlossen

- 

## Zu tun

- [ ] Was – wer – bis wann
- [ ] Was – wer – bis wann

## Nächstes Mal

`,
  },
  project: {
    name: "Projektplan",
    about: "Ziel, Etappen, Risiken, offene Fragen",
    title: "Projektplan",
    markdown: `> Was gilt, wenn das geschafft ist? Zwei Sätze, die auch Fremde verstehen.

## Warum jetzt

Was geschieht, wenn wir es lassen.

## Was dazugehört und was nicht

| Dabei | Nicht dabei |
| --- | --- |
|  |  |
|  |  |

## Etappen

| Was | Wer | Wann | Woran wir sehen, dass es geschafft ist |
| --- | --- | --- | --- |
| Erste Fassung |  |  |  |
| Alle benutzen es |  |  |  |

## Risiken

- **Risiko:** was wir dagegen tun

## Nächste Schritte

- [ ] Erster Schritt

## Offene Fragen

- 
`,
  },
  decision: {
    name: "Entscheidung",
    about: "Was beschlossen wurde, und warum nicht anders",
    title: "Entscheidung: ",
    markdown: `**Stand:** vorgeschlagen  
**Datum:**  
**Entschieden von:**

## Zusammenhang

Was macht eine Entscheidung nötig? Nur Tatsachen.

## Möglichkeiten

### Erste Möglichkeit

- Dafür spricht:
- Dagegen spricht:

### Zweite Möglichkeit

- Dafür spricht:
- Dagegen spricht:

## Entscheidung

Wir wählen …, weil …

## Folgen

Was leichter wird, was schwerer wird, und wann wir wieder darauf schauen.
`,
  },
  week: {
    name: "Wochenrückblick",
    about: "Was war, was als Nächstes zählt",
    title: "Woche vom ",
    markdown: `## Diese Woche

- [x] Was geschafft ist

## Was ich gelernt habe

- 

## Was mich aufgehalten hat

- 

## Nächste Woche

Drei Dinge, das wichtigste zuerst.

- [ ] Erstens
- [ ] Zweitens
- [ ] Drittens

---

*Später, nicht jetzt:*

- 
`,
  },
  reading: {
    name: "Lesenotizen",
    about: "Was darin steht, was ich daraus mache",
    title: "Notizen zu ",
    markdown: `**Von:**  
**Gelesen im:**

## In drei Sätzen

Was darin steht, in eigenen Worten.

## Zum Aufheben

> Eine Stelle, mit ihrer Seite.

Warum sie mir wichtig ist.

## Fragen und Zweifel

- 

## Führt zu

- Was ich als Nächstes lesen oder ausprobieren will
`,
  },
};
