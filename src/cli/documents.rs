//! `documents`: what can be made, for whom, and what each paper needs.

use serde::Serialize;

use super::args::{Documents, ListFormat};
use super::console::Console;
use super::exit::Exit;
use super::prepare::find_pack;
use super::workspace::Ground;
use crate::compose::{Audience, Made, Template, Templates};
use crate::document::Page;
use crate::files::WorldError;
use crate::render::Format;
use crate::source::Sources;

/// One document as programs read it.
#[derive(Serialize)]
struct Listed<'t> {
    document: &'t str,
    #[serde(rename = "for")]
    audience: &'t str,
    page: &'t str,
    formats: Vec<&'t str>,
    made: &'t str,
    needs: Vec<&'t str>,
    reader: Option<&'t str>,
    #[serde(rename = "use")]
    usage: Option<&'t str>,
    template: &'t str,
}

pub fn run(args: &Documents, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let mut ground = Ground::default();
    let (files, pack) = find_pack(&mut ground, args.pack.as_deref(), None)?;
    let list = ground.templates(args.templates.as_deref(), files.as_ref())?;
    let Some(pack) = pack else {
        console.diagnostics(&ground.faults, &ground.sources);
        return Ok(Exit::Faults);
    };
    let templates = Templates::read(&list, pack.pack(), &ground.sources, &mut ground.faults);
    console.diagnostics(&ground.faults, &ground.sources);
    if ground.faults.has_errors() {
        return Ok(Exit::Faults);
    }
    let listed: Vec<Listed<'_>> =
        templates.documents().map(|template| listed(template, &ground.sources)).collect();
    match args.format {
        ListFormat::Json => {
            let text = serde_json::to_string_pretty(&listed).unwrap_or_default();
            console.print(&text)?;
        }
        ListFormat::Human => console.print(page(&listed).trim_end())?,
    }
    Ok(Exit::Done)
}

fn listed<'t>(template: &'t Template, sources: &'t Sources) -> Listed<'t> {
    let head = &template.head;
    Listed {
        document: &template.name,
        audience: head.audience.word(),
        page: head.page.word(),
        formats: head.all_formats().map(Format::extension).collect(),
        made: head.made.word(),
        needs: head.needs.iter().map(|need| need.text.as_str()).collect(),
        reader: head.reader.as_deref(),
        usage: head.usage.as_deref(),
        template: &sources.get(template.source).name,
    }
}

/// The list for people: by audience, each document on two lines.
fn page(listed: &[Listed<'_>]) -> String {
    let width = listed.iter().map(|one| one.document.chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for audience in Audience::ALL {
        let own: Vec<&Listed<'_>> = listed.iter().filter(|one| one.audience == audience.word()).collect();
        if own.is_empty() {
            continue;
        }
        out.push_str(heading(audience));
        for one in own {
            let about: Vec<&str> = [one.reader, one.usage].into_iter().flatten().collect();
            let about =
                if about.is_empty() { "says neither who reads it nor when" } else { &about.join("; ") };
            out.push_str(&format!("  {:width$}  {about}\n", one.document));
            let mut facts = vec![one.formats.join(", ")];
            if one.page != Page::Paper.word() {
                facts.insert(0, one.page.to_owned());
            }
            if !one.needs.is_empty() {
                facts.push(format!("needs {}", one.needs.join(", ")));
            }
            if one.made == Made::Kit.word() {
                facts.push("made by kit".to_owned());
            }
            facts.push(one.template.to_owned());
            out.push_str(&format!("  {:width$}  {}\n", "", facts.join(" · ")));
        }
        out.push('\n');
    }
    out
}

fn heading(audience: Audience) -> &'static str {
    match audience {
        Audience::Respondent => "one for each respondent\n",
        Audience::Cohort => "one for all respondents\n",
        Audience::Session => "one for the session\n",
    }
}
