//! The lasting record of an enterprise.

use super::grouped;
use crate::enterprises::db;
use crate::enterprises::db::names::Search;
use crate::enterprises::model::{
    CreateEnterpriseBody, Enterprise, EnterpriseId, EnterpriseSort, EnterpriseSource, EnterpriseSummary,
    EnterpriseView, ListEnterprisesParams, MemberView, UpdateEnterpriseBody,
};
use crate::enterprises::rules::capital::Capital;
use crate::enterprises::rules::record::{address_in_laoshan, check_own_patch, check_record, read_credit_code};
use crate::enterprises::rules::search_name::{like_pattern, pieces, probes, search_name};
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::library::service::find_bar;
use crate::library::service::promotion::measure;
use crate::platform::actions::Actions;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::text::trimmed;
use crate::platform::trail::{Changes, Event, Subject};
use crate::programme;
use crate::say;

const LONGEST_SEARCH: usize = 100;

/// The record if the caller reaches it; 404 otherwise.
pub fn find_enterprise(cx: &mut Cx, id: &EnterpriseId) -> Result<Enterprise, AppError> {
    Ok(db::record::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?)
}

/// Looks where to begin with `q`, a part of a name. None when there is nothing to look for.
pub fn begin_search(cx: &mut Cx, q: Option<&str>, faults: &mut Faults) -> Result<Option<Search>, AppError> {
    let searched = search_name(q.unwrap_or_default());
    if searched.chars().count() > LONGEST_SEARCH {
        let said = say!("最多 {LONGEST_SEARCH} 个字符", "takes at most {LONGEST_SEARCH} characters");
        faults.add("q", FieldCode::TooLong, said);
        return Ok(None);
    }
    let probes: Vec<String> = probes(&searched).into_iter().collect();
    let start = if probes.is_empty() { None } else { db::names::begin_search(cx.conn, &probes)? };
    Ok(start.map(|start| Search { like: like_pattern(&searched), start }))
}

pub fn list_enterprises(cx: &mut Cx, params: &ListEnterprisesParams) -> Result<Page<EnterpriseSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let mut faults = Faults::default();
    let search = begin_search(cx, params.q.as_deref(), &mut faults)?;
    let credit_code = params.credit_code.as_deref().map(|text| {
        let mut code_faults = Faults::default();
        let code = read_credit_code(text, &mut code_faults);
        if code.is_none() {
            faults.plain("credit_code", FieldCode::Format);
        }
        code
    });
    faults.done()?;
    let wanted = db::record::Wanted {
        scope: cx.scope,
        user: cx.actor.user_id(),
        params,
        credit_code: credit_code.as_ref().and_then(|code| code.as_ref()).map(|code| code.as_str()),
        search,
    };
    let rows = db::record::list_enterprises(cx.conn, &wanted, &page)?;
    let total = if page.count { Some(db::record::count_enterprises(cx.conn, &wanted)?) } else { None };
    let ids: Vec<&EnterpriseId> = rows.iter().map(|row| &row.id).collect();
    let mut tracks = grouped(db::record::list_tracks(cx.conn, &ids)?);
    let mut tiers = grouped(db::record::list_tiers(cx.conn, &ids)?);
    let by_name = params.sort == Some(EnterpriseSort::Name);
    let key = |row: &Enterprise| (if by_name { row.name.clone() } else { String::new() }, row.id.clone());
    Ok(Page::of(rows, page.limit, total, key, |row| {
        let (tracks, tiers) = (tracks.remove(&row.id), tiers.remove(&row.id));
        row.summary(tracks.unwrap_or_default(), tiers.unwrap_or_default())
    }))
}

pub fn view_enterprise(cx: &mut Cx, id: &EnterpriseId) -> Result<EnterpriseView, AppError> {
    let row = find_enterprise(cx, id)?;
    view(cx, row)
}

pub fn create_enterprise(cx: &mut Cx, body: &CreateEnterpriseBody) -> Result<EnterpriseView, AppError> {
    let mut faults = Faults::default();
    let code = read_credit_code(&body.credit_code, &mut faults);
    let name = body.name.trim().to_owned();
    let code_text = code.as_ref().map_or("", |code| code.as_str());
    let searched = search_name(&name);
    let mut row = Enterprise::new(cx.id(), code_text, name, searched, EnterpriseSource::Officer, cx.now);
    row.english_name = trimmed(body.english_name.as_deref());
    row.kind = trimmed(body.kind.as_deref());
    row.registered_on = body.registered_on;
    set_capital(&mut row, trimmed(body.capital.as_deref()));
    row.business_scope = trimmed(body.business_scope.as_deref());
    row.province = trimmed(body.province.as_deref());
    row.city = trimmed(body.city.as_deref());
    row.address = trimmed(body.address.as_deref());
    row.laoshan_stated = body.registered_in_laoshan;
    row.park = trimmed(body.park.as_deref());
    row.main_track = body.main_track.clone().or_else(|| body.tracks.first().cloned());
    place(&mut row);
    let today = business_day(cx.now.utc());
    check_record(&*programme::service::vocabulary(cx, today)?, &row, &body.tracks, today, &mut faults);
    faults.done()?;
    if let Some(known) = db::record::find_by_credit_code(cx.conn, &row.credit_code)? {
        return Err(AppError::new(Code::AlreadyExists).member("id", known.id));
    }
    insert_new(cx, &row, &body.tracks)?;
    view(cx, row)
}

/// Writes a new record with everything that belongs to it, and says so in the trail.
pub(super) fn insert_new(cx: &mut Cx, row: &Enterprise, tracks: &[String]) -> Result<(), AppError> {
    db::record::insert_enterprises(cx.conn, std::slice::from_ref(row))?;
    db::names::insert_grams(cx.conn, &name_pieces(row))?;
    db::record::insert_tracks(cx.conn, &pairs(row, tracks))?;
    cx.record(event(row).action("enterprise.create").to(row.status).changes(changes(None, row, &[], tracks)));
    Ok(())
}

pub fn update_enterprise(
    cx: &mut Cx,
    id: &EnterpriseId,
    body: &UpdateEnterpriseBody,
) -> Result<EnterpriseView, AppError> {
    let old = find_enterprise(cx, id)?;
    cx.expect_version(old.version)?;
    let known = tracks_of(cx, &old.id)?;
    let mut faults = Faults::default();
    if !cx.scope.all {
        check_own_patch(body, &mut faults);
    }
    let tracks = body.tracks.clone().unwrap_or_else(|| known.clone());
    let new = patched(&old, body, &tracks);
    let today = business_day(cx.now.utc());
    check_record(&*programme::service::vocabulary(cx, today)?, &new, &tracks, today, &mut faults);
    faults.done()?;
    let changes = changes(Some(&old), &new, &known, &tracks);
    if changes.is_empty() {
        return view(cx, old);
    }
    let new = store(cx, &old, new, &known, &tracks, changes)?;
    view(cx, new)
}

/// Takes over what a settled major change says of name and address; the trail keeps what was there. Asks for no permission: the
/// caller has found its own record.
pub fn adopt_change(cx: &mut Cx, old: &Enterprise, name: Option<&str>, address: Option<&str>) -> Result<(), AppError> {
    let known = tracks_of(cx, &old.id)?;
    let body = UpdateEnterpriseBody {
        name: name.map(str::to_owned),
        address: address.map(|address| Some(address.to_owned())),
        ..UpdateEnterpriseBody::default()
    };
    let new = patched(old, &body, &known);
    let changes = changes(Some(old), &new, &known, &known);
    if changes.is_empty() {
        return Ok(());
    }
    store(cx, old, new, &known, &known, changes).map(drop)
}

/// Writes a changed record with everything that belongs to it, and says so in the trail.
fn store(
    cx: &mut Cx,
    old: &Enterprise,
    new: Enterprise,
    known: &[String],
    tracks: &[String],
    changes: Changes,
) -> Result<Enterprise, AppError> {
    let new = Enterprise { version: old.version + 1, updated_at: cx.now, ..new };
    db::record::update_enterprise(cx.conn, &new)?;
    if new.name_search != old.name_search {
        db::record::replace_name(cx.conn, &new.id, &name_pieces(&new))?;
    }
    if tracks != known {
        db::record::delete_tracks(cx.conn, std::slice::from_ref(&new.id))?;
        db::record::insert_tracks(cx.conn, &pairs(&new, tracks))?;
    }
    measure(cx, &new.id)?;
    let event = event(&new).action("enterprise.update").changes(changes);
    cx.record(if new.status == old.status { event } else { event.moved(old.status, new.status) });
    Ok(new)
}

fn patched(old: &Enterprise, body: &UpdateEnterpriseBody, tracks: &[String]) -> Enterprise {
    let mut new = old.clone();
    if let Some(name) = &body.name {
        new.name = name.trim().to_owned();
        new.name_search = search_name(&new.name);
    }
    for (field, value) in [
        (&mut new.english_name, &body.english_name),
        (&mut new.kind, &body.kind),
        (&mut new.business_scope, &body.business_scope),
        (&mut new.province, &body.province),
        (&mut new.city, &body.city),
        (&mut new.address, &body.address),
        (&mut new.park, &body.park),
    ] {
        if let Some(value) = value {
            *field = trimmed(value.as_deref());
        }
    }
    if let Some(date) = body.registered_on {
        new.registered_on = date;
    }
    if let Some(text) = &body.capital {
        set_capital(&mut new, trimmed(text.as_deref()));
    }
    if let Some(stated) = body.registered_in_laoshan {
        new.laoshan_stated = stated;
    }
    if let Some(status) = body.status {
        new.status = status;
    }
    match &body.main_track {
        Some(main) => new.main_track = Some(main.clone()),
        None => keep_main_track(&mut new, tracks),
    }
    place(&mut new);
    new
}

/// The main track stays while it is among the tracks; otherwise the first of them takes its place.
pub(super) fn keep_main_track(row: &mut Enterprise, tracks: &[String]) {
    if row.main_track.as_ref().is_none_or(|main| !tracks.contains(main)) {
        row.main_track = tracks.first().cloned();
    }
}

pub(super) fn place(row: &mut Enterprise) {
    row.registered_in_laoshan = row.laoshan_stated.unwrap_or_else(|| address_in_laoshan(row.address.as_deref()));
}

pub(super) fn set_capital(row: &mut Enterprise, text: Option<String>) {
    (row.capital_fen, row.capital_currency) = match Capital::parse(text.as_deref().unwrap_or_default()) {
        Capital::Known { amount_fen, currency } => (Some(amount_fen), Some(currency.as_str().to_owned())),
        Capital::Unknown { .. } => (None, None),
    };
    row.capital_text = text;
}

pub(super) fn name_pieces(row: &Enterprise) -> Vec<(String, EnterpriseId)> {
    pieces(&row.name_search).into_iter().map(|piece| (piece, row.id.clone())).collect()
}

pub(super) fn pairs(row: &Enterprise, tracks: &[String]) -> Vec<(EnterpriseId, String)> {
    tracks.iter().map(|track| (row.id.clone(), track.clone())).collect()
}

pub(super) fn event(row: &Enterprise) -> Event {
    Event::on(Subject::new("enterprise", &row.id))
}

/// Old and new value of every field that differs; all that is known when there is no old record.
pub(super) fn changes(
    old: Option<&Enterprise>,
    new: &Enterprise,
    old_tracks: &[String],
    new_tracks: &[String],
) -> Changes {
    let sorted = |tracks: &[String]| {
        let mut tracks = tracks.to_vec();
        tracks.sort_unstable();
        (!tracks.is_empty()).then_some(tracks)
    };
    crate::changed!(old, new;
        credit_code,
        name,
        english_name,
        kind,
        registered_on,
        capital_fen,
        capital_currency,
        capital_text,
        business_scope,
        province,
        city,
        address,
        registered_in_laoshan,
        laoshan_stated,
        park,
        status,
        main_track
    )
    .field("tracks", sorted(old_tracks), sorted(new_tracks))
}

fn tracks_of(cx: &mut Cx, id: &EnterpriseId) -> Result<Vec<String>, AppError> {
    Ok(db::record::list_tracks(cx.conn, &[id])?.into_iter().map(|(_, track)| track).collect())
}

fn view(cx: &mut Cx, row: Enterprise) -> Result<EnterpriseView, AppError> {
    let mut tracks = tracks_of(cx, &row.id)?;
    tracks.sort_unstable();
    let tiers = db::record::list_tiers(cx.conn, &[&row.id])?.into_iter().map(|(_, tier)| tier).collect();
    // Names and addresses of persons are for the enterprise itself and for those who decide about it.
    let members = if cx.may(Action::MemberList) {
        let named = db::members::list_named_members(cx.conn, &row.id)?;
        Some(named.into_iter().map(|(member, name, email)| MemberView::of(member, name, email)).collect())
    } else {
        None
    };
    let href = format!("/api/v1/enterprises/{}", row.id);
    let unverified = members.as_ref().is_some_and(|members: &Vec<MemberView>| members.iter().any(|m| !m.verified));
    let verify = if unverified {
        Ok(())
    } else {
        let said = say!("没有待核验的人员", "nobody waits to be verified");
        Err(Refusal::new(Code::InvalidTransition, said))
    };
    let actions = Actions::of(cx)
        .add(Action::EnterpriseUpdate, "PATCH", href.clone(), Ok(()))
        .add(Action::MemberVerify, "POST", format!("{href}/verification"), verify)
        .add(Action::MetricWrite, "PUT", format!("{href}/metrics/{{year}}"), Ok(()))
        .add(Action::FactWrite, "POST", format!("{href}/facts"), Ok(()))
        .list();
    let barred_until = find_bar(cx, &row.id)?.map(|bar| bar.until_on);
    Ok(row.view(tracks, tiers, barred_until, members, actions))
}
