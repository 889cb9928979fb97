//! How far each section of a form is.

use crate::applications::model::{Form, ReturnItem, Section, SectionFault, SectionState, SectionView};
use crate::error::FieldError;
use crate::platform::text::Lang;

/// What a section looks at.
pub struct Filling<'a> {
    pub form: &'a Form,
    /// Ids of the files, in order.
    pub files: &'a [String],
    /// What submitting it now would be refused for.
    pub faults: &'a [FieldError],
    /// What it was returned for, with form and files as they were handed in.
    pub returned: Option<Returned<'a>>,
}

pub struct Returned<'a> {
    pub items: &'a [ReturnItem],
    pub form: &'a Form,
    pub files: &'a [String],
}

/// One view per section, in the order of the form.
pub fn sections(filling: &Filling, lang: Lang) -> Vec<SectionView> {
    Section::ALL.iter().map(|section| section_view(*section, filling, lang)).collect()
}

fn section_view(section: Section, filling: &Filling, lang: Lang) -> SectionView {
    let faults: Vec<SectionFault> = filling
        .faults
        .iter()
        .filter(|fault| section_of(&fault.pointer) == section)
        .map(|fault| SectionFault {
            pointer: fault.pointer.clone(),
            code: fault.code.clone(),
            detail: fault.say.in_lang(lang).to_owned(),
        })
        .collect();
    let asked = |returned: &Returned| -> Vec<String> {
        let of_section = returned.items.iter().filter(|item| item.section == section);
        of_section.map(|item| item.remark.clone()).collect()
    };
    let remarks = filling.returned.as_ref().map(asked).unwrap_or_default();
    let untouched = filling.returned.as_ref().is_some_and(|returned| {
        value_of(section, filling.form, filling.files) == value_of(section, returned.form, returned.files)
    });
    let state = if !remarks.is_empty() && untouched {
        SectionState::ToCorrect
    } else if value_of(section, filling.form, filling.files) == value_of(section, &Form::default(), &[]) {
        // What nobody asks for may stay empty, and is not called filled in for it.
        if faults.is_empty() { SectionState::Optional } else { SectionState::Empty }
    } else if !faults.is_empty() {
        SectionState::Incomplete
    } else if remarks.is_empty() {
        SectionState::Complete
    } else {
        SectionState::Corrected
    };
    SectionView { section, state, faults, remarks }
}

/// The section a pointer into the form leads to.
pub fn section_of(pointer: &str) -> Section {
    match pointer.trim_start_matches('/').split('/').next().unwrap_or_default() {
        "contact" => Section::Contact,
        "summary" => Section::Summary,
        "track" => Section::Track,
        "statements" => Section::Statements,
        "attachments" => Section::Attachments,
        _ => Section::Figures,
    }
}

fn value_of(section: Section, form: &Form, files: &[String]) -> serde_json::Value {
    let value = match section {
        Section::Contact => serde_json::to_value(&form.contact),
        Section::Summary => serde_json::to_value(&form.summary),
        Section::Track => serde_json::to_value(&form.track),
        Section::Figures => serde_json::to_value(&form.figures),
        Section::Statements => serde_json::to_value(&form.statements),
        Section::Attachments => serde_json::to_value(files),
    };
    value.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::FieldCode;
    use SectionState::*;
    use serde_json::json;

    fn form(value: serde_json::Value) -> Form {
        serde_json::from_value(value).unwrap()
    }

    fn fault(pointer: &str) -> FieldError {
        let code = FieldCode::Required;
        FieldError { pointer: pointer.into(), code: code.as_str().into(), say: code.title() }
    }

    #[test]
    fn a_section_is_empty_begun_complete_or_waits_for_its_correction() {
        let then = form(json!({ "summary": "old", "track": "terahertz", "contact": { "name": "李" } }));
        let now = form(json!({ "summary": "new", "track": "terahertz", "contact": { "name": "李" } }));
        let item = |section, remark: &str| ReturnItem { section, pointer: None, remark: remark.into() };
        let items = [
            item(Section::Summary, "say more"),
            item(Section::Track, "wrong track"),
            item(Section::Attachments, "blurred"),
        ];
        let (old_files, files) = (vec!["1".to_owned()], vec!["1".to_owned()]);
        let returned = || Some(Returned { items: &items, form: &then, files: &old_files });
        let faults = [fault("/contact/mobile"), fault("/statements/truthful"), fault("/figures/partners")];
        let states = |returned| {
            let filling = Filling { form: &now, files: &files, faults: &faults, returned };
            sections(&filling, Lang::En)
                .into_iter()
                .map(|view| (view.section, view.state, view.remarks.len()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            states(None),
            [
                (Section::Contact, Incomplete, 0),
                (Section::Summary, Complete, 0),
                (Section::Track, Complete, 0),
                (Section::Figures, Empty, 0),
                (Section::Statements, Empty, 0),
                (Section::Attachments, Complete, 0),
            ]
        );
        let bare = Filling { form: &now, files: &[], faults: &[], returned: None };
        let of =
            |section| sections(&bare, Lang::En).into_iter().find(|view| view.section == section).map(|view| view.state);
        assert_eq!((of(Section::Attachments), of(Section::Summary)), (Some(Optional), Some(Complete)));
        assert_eq!(
            states(returned()),
            [
                (Section::Contact, Incomplete, 0),
                (Section::Summary, Corrected, 1),
                (Section::Track, ToCorrect, 1),
                (Section::Figures, Empty, 0),
                (Section::Statements, Empty, 0),
                (Section::Attachments, ToCorrect, 1),
            ]
        );
    }
}
