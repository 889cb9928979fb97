use super::current;
use crate::error::AppError;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::programme::indicators::{DERIVED, INDICATORS};
use crate::programme::model::{DerivedView, IndicatorView, IndicatorsView, TopicView, TrackView, TracksView};

pub fn list_tracks(cx: &mut Cx) -> Result<TracksView, AppError> {
    let (_, rules) = current(cx, business_day(cx.now.utc()))?;
    Ok(TracksView {
        rule_set: rules.code.clone(),
        version: rules.version,
        tracks: rules.tracks.iter().map(TrackView::from).collect(),
        watch_list: rules.watch_list.iter().map(TopicView::from).collect(),
        parks: rules.parks.iter().map(TopicView::from).collect(),
        titles: rules.titles.iter().map(TopicView::from).collect(),
        vetoes: rules.vetoes.iter().map(TopicView::from).collect(),
    })
}

pub fn list_indicators(_: &mut Cx) -> Result<IndicatorsView, AppError> {
    Ok(IndicatorsView {
        indicators: INDICATORS.iter().map(IndicatorView::from).collect(),
        derived: DERIVED.iter().map(DerivedView::from).collect(),
    })
}
