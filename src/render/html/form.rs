//! Room to write, tick and sign on the printed page, each told in words to whoever cannot see it.

use super::blocks::{close_table, open_table};
use super::escape::{attribute, text};
use crate::document::{Field, Form, Scale};

pub(super) fn push(form: &Form, out: &mut String) {
    let told = form.described();
    let told = attribute(&told);
    match form {
        Form::Lines { count, prompt } => {
            let lines = "<span></span>".repeat(usize::from(*count));
            let inside = format!("<div class=\"lines\" role=\"img\" aria-label=\"{told}\">{lines}</div>\n");
            room(prompt, &inside, out);
        }
        Form::Space { lines, prompt } => {
            let inside = format!(
                "<div class=\"space\" role=\"img\" aria-label=\"{told}\" style=\"--lines: {lines}\"></div>\n"
            );
            room(prompt, &inside, out);
        }
        Form::Scale(scale) => {
            let count = scale.points.len();
            out.push_str(&format!(
                "<div class=\"scale\" role=\"group\" aria-label=\"{told}\" style=\"--points: {count}\">\n"
            ));
            push_prompt(&scale.question, out);
            if scale.items.is_empty() {
                points(scale, out)
            } else {
                table(scale, out)
            }
            out.push_str("</div>\n");
        }
        Form::Signature(fields) => {
            out.push_str(&format!("<div class=\"signature\" role=\"group\" aria-label=\"{told}\">\n"));
            fields.iter().for_each(|field| push_field(field, out));
            out.push_str("</div>\n");
        }
    }
}

fn room(prompt: &str, inside: &str, out: &mut String) {
    out.push_str("<div class=\"write\">\n");
    push_prompt(prompt, out);
    out.push_str(inside);
    out.push_str("</div>\n");
}

fn push_prompt(prompt: &str, out: &mut String) {
    if !prompt.is_empty() {
        out.push_str(&format!("<p class=\"prompt\">{}</p>\n", text(prompt)));
    }
}

/// The points in a row, the words of the ends below.
fn points(scale: &Scale, out: &mut String) {
    out.push_str("<ul class=\"points\" role=\"list\">\n");
    for point in &scale.points {
        let point = text(point);
        out.push_str(&format!(
            "<li><span class=\"tick\" role=\"img\" aria-label=\"Box to tick\"></span> {point}</li>\n"
        ));
    }
    out.push_str("</ul>\n");
    if let Some((left, right)) = &scale.ends {
        out.push_str(&format!(
            "<p class=\"ends\"><span>{}</span> <span>{}</span></p>\n",
            text(left),
            text(right)
        ));
    }
}

/// A row of points for each thing that is judged.
fn table(scale: &Scale, out: &mut String) {
    open_table(if scale.question.is_empty() { "Scale" } else { &scale.question }, out);
    out.push_str("<tr><td></td>");
    let last = scale.points.len() - 1;
    for (index, point) in scale.points.iter().enumerate() {
        let end = match &scale.ends {
            Some((left, _)) if index == 0 => left,
            Some((_, right)) if index == last => right,
            _ => "",
        };
        let end = if end.is_empty() { String::new() } else { format!("<br><small>{}</small>", text(end)) };
        out.push_str(&format!("<th scope=\"col\">{}{end}</th>", text(point)));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for item in &scale.items {
        out.push_str(&format!("<tr><th scope=\"row\">{}</th>", text(item)));
        let tick = "<td><span class=\"tick\" role=\"img\" aria-label=\"Box to tick\"></span></td>";
        out.push_str(&tick.repeat(scale.points.len()));
        out.push_str("</tr>\n");
    }
    close_table(out);
}

fn push_field(field: &Field, out: &mut String) {
    let label = text(&field.label);
    let line = if field.value.is_empty() {
        "<span class=\"field-line\" role=\"img\" aria-label=\"Line to write on\"></span>".to_owned()
    } else {
        format!("<span class=\"field-line\">{}</span>", text(&field.value))
    };
    out.push_str(&format!("<p class=\"field\"><span class=\"field-label\">{label}</span> {line}</p>\n"));
}
