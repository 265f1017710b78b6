// Builds a form in Google Forms. Made by kitwright from a pack: change the pack, not this.
//
// 1. Open https://script.google.com, choose "New project", and put this whole text in the place of what stands there.
// 2. Choose "Run". Google asks once whether the script may make forms for you.
// 3. The log shows two addresses: where to change the form, and where to send people.
//
// An id in brackets stands behind each question, by which its answers find their way back: leave it there.

var FORM = {}; // the questions

// Whether Google asks everybody for the e-mail address. With it somebody who answers twice counts once.
var COLLECT_EMAIL = false;

function makeForm() {
  var form = FormApp.create(FORM.title);
  form.setTitle(FORM.title).setDescription(FORM.help).setProgressBar(true).setCollectEmail(COLLECT_EMAIL);
  FORM.sections.forEach(function (section, place) {
    if (place === 0) {
      form.addSectionHeaderItem().setTitle(section.title).setHelpText(section.help);
    } else {
      form.addPageBreakItem().setTitle(section.title).setHelpText(section.help);
    }
    section.items.forEach(function (item) {
      addItem(form, item).setTitle(item.title).setHelpText(item.help).setRequired(item.required);
    });
  });
  Logger.log("To change the form: " + form.getEditUrl());
  Logger.log("To send to people:  " + form.getPublishedUrl());
}

function addItem(form, item) {
  switch (item.type) {
    case "choice":
      return form.addMultipleChoiceItem().setChoiceValues(item.choices);
    case "checkboxes":
      return form.addCheckboxItem().setChoiceValues(item.choices);
    case "scale":
      return form.addScaleItem().setBounds(item.low, item.high);
    case "number":
      return form.addTextItem().setValidation(number(item));
    case "lines":
      return form.addParagraphTextItem();
    default:
      return form.addTextItem();
  }
}

function number(item) {
  var rule = FormApp.createTextValidation().setHelpText(item.help);
  if (item.low === undefined) {
    return rule.requireNumber().build();
  }
  return rule.requireNumberBetween(item.low, item.high).build();
}
