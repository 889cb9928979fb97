use crate::annual_updates::model::{
    CreateWindowBody, ListWindowsParams, MissingView, UpdateWindow, UpdateWindowBody, WindowView,
};
use crate::annual_updates::{db, rules};
use crate::enterprises::model::EnterpriseId;
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::library::model::WatchTrigger;
use crate::library::service::watching::put_on_watch;
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::say;

fn subject(year: i32) -> Subject {
    Subject::new("update_window", year)
}

/// The year of a path; what is no number is a year nobody reports in.
pub fn read_year(text: &str) -> Result<i32, AppError> {
    text.parse().map_err(|_| AppError::not_found())
}

pub fn create_window(cx: &mut Cx, body: &CreateWindowBody) -> Result<WindowView, AppError> {
    let mut faults = Faults::default();
    let settings = rules::settle(body, &mut faults);
    faults.done()?;
    let Some((year, opens_on, due_on, late_days, change_ppm, drop_ppm)) = settings else {
        return Err(AppError::internal("checked to be there"));
    };
    let row = UpdateWindow {
        year,
        opens_on,
        due_on,
        late_days,
        change_ppm,
        drop_ppm,
        swept_at: None,
        created_by: cx.actor.label(),
        created_at: cx.now,
        version: 1,
    };
    db::insert_window(cx.conn, &row)?;
    let changes = Changes::default()
        .set("opens_on", opens_on)
        .set("due_on", due_on)
        .set("late_days", late_days)
        .set("change_ppm", change_ppm)
        .set("drop_ppm", drop_ppm);
    cx.record(Event::on(subject(year)).changes(changes));
    Ok(view(cx, row))
}

/// Gives everybody more time, until the late have been put on watch.
pub fn update_window(cx: &mut Cx, year: i32, body: &UpdateWindowBody) -> Result<WindowView, AppError> {
    let mut row = db::find_window(cx.conn, year)?;
    cx.expect_version(row.version)?;
    may_extend(&row)?;
    let Some(due_on) = body.due_on else {
        return Err(AppError::field("/due_on", FieldCode::Required, FieldCode::Required.title()));
    };
    if due_on < row.due_on || due_on < cx.today() {
        let said = say!("应不早于今天和原截止日", "must be neither before today nor before the day it replaces");
        return Err(AppError::field("/due_on", FieldCode::DateOrder, said));
    }
    let changes = Changes::default().field("due_on", row.due_on, due_on);
    row.due_on = due_on;
    row.version += 1;
    db::update_window(cx.conn, &row)?;
    cx.record(Event::on(subject(year)).changes(changes));
    Ok(view(cx, row))
}

fn may_extend(row: &UpdateWindow) -> Result<(), Refusal> {
    if row.swept_at.is_none() {
        return Ok(());
    }
    let said = say!("逾期企业已列入预警", "who was late is on watch already");
    Err(Refusal::new(Code::InvalidTransition, said))
}

pub fn get_window(cx: &mut Cx, year: i32) -> Result<WindowView, AppError> {
    let row = db::find_window(cx.conn, year)?;
    Ok(view(cx, row))
}

pub fn list_windows(cx: &mut Cx, params: &ListWindowsParams) -> Result<Page<WindowView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    let rows = db::list_windows(cx.conn, &page)?;
    Ok(Page::of(rows, page.limit, None, |row| row.year, |row| view(cx, row)))
}

fn view(cx: &Cx, row: UpdateWindow) -> WindowView {
    let href = format!("/api/v1/update-windows/{}", row.year);
    WindowView {
        actions: Actions::of(cx).add(Action::UpdateWindowUpdate, "PATCH", href, may_extend(&row)).list(),
        year: row.year,
        opens_on: row.opens_on,
        due_on: row.due_on,
        late_days: row.late_days,
        change_ppm: row.change_ppm,
        drop_ppm: row.drop_ppm,
        swept_at: row.swept_at,
        version: row.version,
    }
}

/// Members who have not reported in a window.
pub fn list_missing(cx: &mut Cx, year: i32, params: &ListWindowsParams) -> Result<Page<MissingView>, AppError> {
    let window = db::find_window(cx.conn, year)?;
    let page: PageRequest<EnterpriseId> = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    let rows = db::list_silent(cx.conn, &window, &page)?;
    let shown = |(enterprise_id, enterprise_name)| MissingView { enterprise_id, enterprise_name };
    Ok(Page::of(rows, page.limit, None, |(id, _)| id.clone(), shown))
}

/// Puts on watch who has not reported although the window's days of grace are over: once per window, so that an officer's clearance
/// stays. Answers with how many.
pub fn sweep_late(cx: &mut Cx) -> Result<usize, AppError> {
    let today = cx.today();
    let mut count = 0;
    for mut window in db::list_unswept(cx.conn)? {
        if !rules::is_late(&window, today) {
            continue;
        }
        let late = db::list_late(cx.conn, &window)?;
        count += late.len();
        for mut member in late {
            let said = say!("逾期未提交 {0} 年度更新", "the report of {0} was not handed in", window.year).both();
            put_on_watch(cx, &mut member, WatchTrigger::MissedUpdate, &said)?;
        }
        window.swept_at = Some(cx.now);
        window.version += 1;
        db::update_window(cx.conn, &window)?;
        cx.record(
            Event::on(subject(window.year))
                .action("update_window.sweep")
                .changes(Changes::default().set("late", count)),
        );
    }
    Ok(count)
}
