// Titles as a whole: the paper whose title was typed comes first, whatever its words are ("To be or not to be").

/** titles: as shown, by document number; written: {joined words: document numbers} for titles whose source reads otherwise. */
export function titleTable(titles, written, words) {
  const spaced = titles.map((title) => `${words(title).join(" ")} `);
  const whole = new Map(Object.entries(written));
  spaced.forEach((title, doc) => {
    const key = title.replaceAll(" ", "");
    whole.set(key, [...(whole.get(key) ?? []), doc]);
  });

  return {
    /** Documents with exactly this title. */
    exact: (text) => whole.get(words(text).join("")) ?? [],

    /** Documents whose title begins with these words, of which there are at least two. */
    beginning(text) {
      const typed = words(text);
      const start = typed.join(" ");
      return typed.length < 2 ? [] : [...spaced.keys()].filter((doc) => spaced[doc].startsWith(start));
    },
  };
}
