//! What a form says of its own, beside the pack's sentences, in the languages in which forms can be written.

use crate::import::{ASKED, Asked};

/// The words of one language.
pub struct Words {
    /// Those that an import knows again.
    pub asked: &'static Asked,
    pub about_you: &'static str,
    pub figures: &'static str,
    pub own_words: &'static str,
    pub figures_help: &'static str,
    /// Of a figure that its parts give.
    pub worked_out: &'static str,
    /// How a printed page marks such figures.
    pub marked: &'static str,
    pub several: &'static str,
    pub role_help: &'static str,
    pub leave_open: &'static str,
    pub only_if: &'static str,
    pub some_only: &'static str,
    pub asked_of: &'static str,
    pub and: &'static str,
    pub or: &'static str,
    /// `{low}` and `{high}` stand for the ends.
    pub between: &'static str,
    pub number: &'static str,
    pub per: &'static str,
    pub date: &'static str,
    pub respondent: &'static str,
    pub page_intro: &'static str,
    pub one_each: &'static str,
    pub page_end: &'static str,
    /// For whoever types the sheets in; `{file}` is the table.
    pub typist: &'static str,
    pub print: &'static str,
}

/// The words of a language, by its tag without region; English where there are none, and whether there are.
pub fn words(language: &str) -> (&'static Words, bool) {
    let base = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    match WORDS.iter().find(|words| words.asked.language == base) {
        Some(words) => (words, true),
        None => (&WORDS[0], false),
    }
}

/// The name of a language as XLSForm columns show it: `Deutsch (de)`.
pub fn named(language: &str) -> String {
    let name = match language.split('-').next().unwrap_or_default() {
        "en" => "English",
        "de" => "Deutsch",
        "fr" => "Français",
        "es" => "Español",
        "it" => "Italiano",
        "nl" => "Nederlands",
        "pt" => "Português",
        "pl" => "Polski",
        _ => return format!("{language} ({language})"),
    };
    format!("{name} ({language})")
}

static WORDS: [Words; 4] = [
    Words {
        asked: &ASKED[0],
        about_you: "About you",
        figures: "Figures",
        own_words: "In your own words",
        figures_help: "Leave open what you do not know.",
        worked_out: "Leave it open where you gave the figures that it is worked out from.",
        marked: "What begins with = follows from figures above it: leave it open where you give those.",
        several: "Choose all that hold.",
        role_help: "Several people may answer for one team. Leave it open if you answer for all of it.",
        leave_open: "Leave it open if you do not know.",
        only_if: "Only if",
        some_only: "Asked of some only; leave it open where it does not fit.",
        asked_of: "Asked of",
        and: "and",
        or: "or",
        between: "A number from {low} to {high}.",
        number: "A number.",
        per: "per",
        date: "Date",
        respondent: "Name, team or company",
        page_intro: "There are no right or wrong answers: say how things are today, not how they should be.",
        one_each: "Mark one answer a question, unless it says otherwise. Leave open what you do not want to answer.",
        page_end: "Thank you. Please hand the sheets back, all of them.",
        typist: "For whoever types this in: one row a sheet in {file}. The grey words are its headings; type the number or the words that are marked, dont_know, not_applicable or none where that is marked, several with ; between, and nothing where nothing is.",
        print: "Print",
    },
    Words {
        asked: &ASKED[1],
        about_you: "Über Sie",
        figures: "Zahlen",
        own_words: "In Ihren Worten",
        figures_help: "Lassen Sie offen, was Sie nicht wissen.",
        worked_out: "Lassen Sie dies offen, wenn Sie die Zahlen angegeben haben, aus denen es sich ergibt.",
        marked: "Was mit = beginnt, ergibt sich aus Zahlen darüber: Lassen Sie es offen, wenn Sie diese angeben.",
        several: "Kreuzen Sie alles an, was zutrifft.",
        role_help: "Für ein Team können mehrere antworten. Lassen Sie dies offen, wenn Sie für alle antworten.",
        leave_open: "Lassen Sie dies offen, wenn Sie es nicht wissen.",
        only_if: "Nur wenn",
        some_only: "Nur für manche; lassen Sie dies offen, wenn es nicht passt.",
        asked_of: "Gefragt sind",
        and: "und",
        or: "oder",
        between: "Eine Zahl von {low} bis {high}.",
        number: "Eine Zahl.",
        per: "je",
        date: "Datum",
        respondent: "Name, Team oder Firma",
        page_intro: "Es gibt keine richtigen oder falschen Antworten: Sagen Sie, wie es heute ist, nicht, wie es sein sollte.",
        one_each: "Eine Antwort je Frage, wenn nichts anderes dabeisteht. Lassen Sie offen, was Sie nicht beantworten möchten.",
        page_end: "Vielen Dank. Bitte geben Sie alle Blätter zurück.",
        typist: "Für alle, die dies abtippen: eine Zeile je Bogen in {file}. Die grauen Wörter sind deren Spalten; getippt wird die Zahl oder der Wortlaut, der angekreuzt ist, dont_know für „Weiß nicht“, not_applicable für „Trifft nicht zu“, none für „Nichts davon“, mehreres mit ; dazwischen, und nichts, wo nichts steht.",
        print: "Drucken",
    },
    Words {
        asked: &ASKED[2],
        about_you: "À propos de vous",
        figures: "Chiffres",
        own_words: "Avec vos mots",
        figures_help: "Laissez vide ce que vous ne savez pas.",
        worked_out: "Laissez vide si vous avez donné les chiffres dont ceci résulte.",
        marked: "Ce qui commence par = résulte de chiffres au-dessus : laissez vide si vous les donnez.",
        several: "Cochez tout ce qui convient.",
        role_help: "Plusieurs personnes peuvent répondre pour une équipe. Laissez vide si vous répondez pour tous.",
        leave_open: "Laissez vide si vous ne savez pas.",
        only_if: "Seulement si",
        some_only: "Pour certains seulement ; laissez vide si cela ne convient pas.",
        asked_of: "Pour",
        and: "et",
        or: "ou",
        between: "Un nombre de {low} à {high}.",
        number: "Un nombre.",
        per: "par",
        date: "Date",
        respondent: "Nom, équipe ou entreprise",
        page_intro: "Il n'y a pas de bonne ou de mauvaise réponse : dites comment les choses sont aujourd'hui, et non comment elles devraient être.",
        one_each: "Une réponse par question, sauf indication contraire. Laissez vide ce à quoi vous ne voulez pas répondre.",
        page_end: "Merci. Veuillez rendre toutes les feuilles.",
        typist: "Pour la saisie : une ligne par feuille dans {file}. Les mots gris en sont les colonnes ; saisissez le nombre ou les mots cochés, dont_know pour « Je ne sais pas », not_applicable pour « Sans objet », none pour « Aucune de ces réponses », plusieurs séparés par ;, et rien là où rien n'est coché.",
        print: "Imprimer",
    },
    Words {
        asked: &ASKED[3],
        about_you: "Sobre usted",
        figures: "Cifras",
        own_words: "Con sus palabras",
        figures_help: "Deje en blanco lo que no sepa.",
        worked_out: "Déjelo en blanco si dio las cifras de las que resulta.",
        marked: "Lo que empieza por = resulta de cifras de más arriba: déjelo en blanco si da esas cifras.",
        several: "Marque todo lo que corresponda.",
        role_help: "Varias personas pueden responder por un equipo. Déjelo en blanco si responde por todos.",
        leave_open: "Déjelo en blanco si no lo sabe.",
        only_if: "Solo si",
        some_only: "Solo para algunos; déjelo en blanco si no corresponde.",
        asked_of: "Para",
        and: "y",
        or: "o",
        between: "Un número de {low} a {high}.",
        number: "Un número.",
        per: "por",
        date: "Fecha",
        respondent: "Nombre, equipo o empresa",
        page_intro: "No hay respuestas correctas o incorrectas: diga cómo son las cosas hoy, no cómo deberían ser.",
        one_each: "Una respuesta por pregunta, salvo que se indique otra cosa. Deje en blanco lo que no quiera responder.",
        page_end: "Gracias. Por favor, devuelva todas las hojas.",
        typist: "Para quien lo teclee: una fila por hoja en {file}. Las palabras grises son sus columnas; escriba el número o las palabras marcadas, dont_know para «No lo sé», not_applicable para «No corresponde», none para «Ninguna de estas», varias con ; en medio, y nada donde no haya nada.",
        print: "Imprimir",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_does_not_change_the_words() {
        assert_eq!(words("de-CH").0.about_you, "Über Sie");
        assert!(words("de-CH").1);
        assert_eq!((words("fi").0.about_you, words("fi").1), ("About you", false));
    }
}
