//! What runs by the clock, and how often. The one list of it; each slice says what its job does.

use chrono::Duration;
use tokio::sync::watch;

use crate::app::App;
use crate::error::AppError;
use crate::library::model::MembershipId;
use crate::library::service as library;
use crate::messages::model::notices::Deadline;
use crate::messages::service as messages;
use crate::platform::door::Cx;
use crate::platform::mail;
use crate::platform::worker::{self, Job};
use crate::say;

pub fn all(app: &App) -> Vec<Job> {
    let own = || app.clone();
    vec![
        {
            let app = own();
            Job::new("audit.checkpoint", Duration::days(1), move || {
                crate::audit::service::checkpoint::make(app.clone())
            })
            .about(say!(
                "对全部审计链当前末端签名，存入数据库并写到库外目录",
                "signs where all audit chains stand, in the database and outside it"
            ))
        },
        {
            let app = own();
            Job::new("keys.tend", Duration::hours(1), move || tend_keys(app.clone())).about(say!(
                "到期更换签名密钥，并移除已停用的密钥",
                "replaces the signing key when it is old, and takes out replaced ones"
            ))
        },
        {
            let app = own();
            Job::new("leftovers.sweep", Duration::hours(1), move || sweep(app.clone()))
            .about(say!(
                "清理过期验证码、已结束的会话、已发邮件和通知的留存记录（不早于法定留存期）",
                "deletes dead codes, and after the legal retention ended sessions and the record of sent mail and notices"
            ))
        },
        {
            let app = own();
            Job::new("pool.check", Duration::days(1), move || check_pool(app.clone()))
                .about(say!("核对资金池余额与分录", "checks that the pool's balances are what its postings add up to"))
        },
        {
            let app = own();
            Job::new("banks.assess", Duration::days(1), move || assess_banks(app.clone())).about(say!(
                "按季评估合作银行不良率，超限即暂停",
                "assesses every bank once a quarter, and suspends those whose loans went bad"
            ))
        },
        {
            let app = own();
            Job::new("subsidies.release", Duration::minutes(5), move || release_subsidies(app.clone())).about(say!(
                "公示期满且无未结异议的贴息转为可拨付",
                "makes subsidies payable whose notice has ended without an open objection"
            ))
        },
        {
            let app = own();
            Job::new("applications.lapse", Duration::minutes(5), move || lapse_returns(app.clone())).about(say!(
                "逾期未补正的申报转为未通过",
                "rejects returned applications that did not come back in time"
            ))
        },
        {
            let app = own();
            Job::new("applications.cease", Duration::seconds(30), move || cease_cancelled(app.clone()))
                .about(say!("批次取消后终止其余申报", "ends what a cancelled round has left over"))
        },
        {
            let app = own();
            Job::new("attachments.sweep", Duration::days(1), move || sweep_files(app.clone()))
                .about(say!("清理未完成或无主的上传文件", "deletes uploads that belong to nothing"))
        },
        {
            let app = own();
            Job::new("memberships.expire", Duration::hours(1), move || expire_members(app.clone()))
                .about(say!("到期资格转为失效", "ends memberships whose term is over"))
        },
        {
            let app = own();
            Job::new("annual_updates.sweep", Duration::hours(1), move || sweep_late_reports(app.clone())).about(say!(
                "年度更新逾期满宽限期的列入预警",
                "puts on watch who has not reported after the days of grace"
            ))
        },
        {
            let app = own();
            Job::new("promotions.measure", Duration::days(1), move || measure_promotions(app.clone()))
                .about(say!("计算各成员与高一级类别的差距", "measures how far every member is from the next tier"))
        },
        {
            let app = own();
            Job::new("memberships.look_out", Duration::days(1), move || look_out(app.clone()))
                .about(say!("发现触发复核的情形并列入预警", "finds what triggers a re-check, and puts it on watch"))
        },
        {
            let app = own();
            Job::new("rounds.advance", Duration::seconds(30), move || advance_rounds(app.clone()))
                .about(say!("到时开放或截止申报批次", "opens and closes rounds whose time has come"))
        },
        {
            let app = own();
            Job::daily("messages.remind", 7, move || {
                let app = app.clone();
                async move { remind(&app).await.map(drop) }
            })
            .about(say!(
                "截止前提醒相关人员，逾期后告知负责人",
                "reminds of deadlines that come near, and tells those in charge of what is late"
            ))
        },
        {
            let (app, hour) = (own(), app.config.messages.digest_hour);
            Job::daily("messages.digest", hour, move || send_digests(app.clone()))
                .about(say!("工作日汇总发送当日通知", "mails the digest of notices, on working days"))
        },
        {
            let app = own();
            Job::new("support.escalate", Duration::minutes(10), move || escalate_items(app.clone())).about(say!(
                "对逾期服务事项亮黄牌、红牌",
                "shows yellow and red cards for support items past their deadline"
            ))
        },
    ]
}

/// Runs whatever is due now; says how many jobs ran.
pub async fn run_due(app: &App) -> Result<usize, AppError> {
    worker::run_due(&app.door, &all(app), app.config.jobs.lease_seconds).await
}

/// Looks for due jobs and due mail until told to stop; what runs is let finish. Side by side: a slow mail server holds up no deadline.
pub async fn poll(app: App, stop: watch::Receiver<bool>) {
    tokio::join!(
        repeat(&app, stop.clone(), "due jobs", async || run_due(&app).await),
        repeat(&app, stop.clone(), "due mail", async || {
            messages::mailing::post(&app).await?;
            mail::deliver_until(&app, || *stop.borrow()).await
        }),
    );
}

async fn repeat(
    app: &App,
    mut stop: watch::Receiver<bool>,
    what: &str,
    work: impl AsyncFn() -> Result<usize, AppError>,
) {
    let pause = std::time::Duration::from_millis(app.config.jobs.poll_millis);
    while !*stop.borrow() {
        if let Err(error) = work().await {
            tracing::warn!(%error, "the worker could not look for {what}");
        }
        tokio::select! {
            _ = stop.changed() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Reads the key ring again every minute, in every process, whether it runs jobs or not: another one may have made a new key.
pub async fn watch_keys(app: App) {
    loop {
        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
        if let Err(error) = app.reload_keys().await {
            tracing::warn!(%error, "the key ring could not be read again");
        }
    }
}

/// Replaces the signing key when it is old, takes out replaced ones, and picks up keys other processes made.
async fn tend_keys(app: App) -> Result<(), AppError> {
    let (keys, security) = (app.keys.clone(), app.config.security.clone());
    app.door
        .system("keys.tend", move |cx| {
            let newest = crate::platform::keys::KeyRing::newest(cx)?;
            if newest.is_none_or(|at| at.plus(Duration::days(security.key_days)) <= cx.now) {
                keys.make_signing_key(cx)?;
            }
            keys.retire_old(cx, security.access_minutes)
        })
        .await?;
    app.reload_keys().await
}

/// Throws away what nobody may need any more: kept answers and dead codes after a day, ended sessions and the record of sent mail
/// after the time for which logs are kept, quiet addresses of the rate limiter.
async fn sweep(app: App) -> Result<(), AppError> {
    app.rates.forget_quiet();
    let kept = Duration::days(app.config.audit.retention_days);
    app.door
        .system("leftovers.sweep", move |cx| {
            let old = cx.now.minus(kept);
            crate::platform::door::forget_answers(cx)?;
            crate::accounts::service::forget_old(cx, old)?;
            messages::forget_old(cx, old)?;
            mail::forget_sent(cx, old)
        })
        .await
}

/// Reminds of deadlines that come near, and tells those in charge of what is late; answers with how many messages that were.
/// A transaction for each kind of deadline, so that on a day with many reminders nobody waits for all of them.
pub async fn remind(app: &App) -> Result<usize, AppError> {
    let mut told = 0;
    for what in Deadline::ALL {
        let steps = app.config.messages.clone();
        let work = move |cx: &mut Cx| messages::reminding::remind_due(cx, *what, &steps);
        told += app.door.system("messages.remind", work).await?;
    }
    if told > 0 {
        tracing::info!(told, "reminders given");
    }
    Ok(told)
}

/// Mails the digests, on working days.
async fn send_digests(app: App) -> Result<(), AppError> {
    loop {
        let sent = app.door.system("messages.digest", messages::mailing::send_digests).await?;
        if sent == 0 {
            return Ok(());
        }
        tracing::info!(sent, "digests sent");
    }
}

/// Fails, and so shows in the list of jobs, when the pool's balances are not what its postings add up to.
async fn check_pool(app: App) -> Result<(), AppError> {
    let found = app.door.peek("pool.check", crate::risk_pool::service::check_balances).await?;
    if found.balanced {
        Ok(())
    } else {
        Err(AppError::internal(format!("the pool does not balance: {:?}", found.faults)))
    }
}

/// Opens and closes rounds whose time has come.
async fn advance_rounds(app: App) -> Result<(), AppError> {
    let moves = app.door.system("rounds.advance", crate::rounds::service::advance_due).await?;
    if moves > 0 {
        tracing::info!(moves, "rounds opened or closed");
    }
    Ok(())
}

/// Assesses every bank once a quarter and suspends those whose loans went bad.
async fn assess_banks(app: App) -> Result<(), AppError> {
    let suspended = app.door.system("banks.assess", crate::talent_loans::service::assessments::assess_banks).await?;
    if suspended > 0 {
        tracing::info!(suspended, "banks suspended for bad loans");
    }
    Ok(())
}

/// Ends memberships whose term is over.
async fn expire_members(app: App) -> Result<(), AppError> {
    let ended = app.door.system("memberships.expire", library::watching::expire_members).await?;
    if ended > 0 {
        tracing::info!(ended, "memberships expired");
    }
    Ok(())
}

/// Measures how far every member is from the next tier: ages and titles change without anybody's doing.
async fn measure_promotions(app: App) -> Result<(), AppError> {
    over_members(app, "promotions.measure", library::promotion::measure_next).await
}

/// Puts on watch who lost a title or came into an incident.
async fn look_out(app: App) -> Result<(), AppError> {
    over_members(app, "memberships.look_out", library::watching::look_out).await
}

/// Takes some members after the last one, and answers with the last of them.
type Batch = fn(&mut Cx, Option<&MembershipId>) -> Result<Option<MembershipId>, AppError>;

/// Batch by batch, each in a transaction of its own.
async fn over_members(app: App, job: &'static str, batch: Batch) -> Result<(), AppError> {
    let mut last = None;
    loop {
        let after: Option<MembershipId> = last;
        last = app.door.system(job, move |cx| batch(cx, after.as_ref())).await?;
        if last.is_none() {
            return Ok(());
        }
    }
}

/// Makes subsidies payable whose notice has ended without an open objection.
async fn release_subsidies(app: App) -> Result<(), AppError> {
    let released = app.door.system("subsidies.release", crate::subsidies::service::announcing::release_due).await?;
    if released > 0 {
        tracing::info!(released, "subsidies may be paid");
    }
    Ok(())
}

/// Puts on watch who has not reported in time.
async fn sweep_late_reports(app: App) -> Result<(), AppError> {
    let late = app.door.system("annual_updates.sweep", crate::annual_updates::service::sweep_late).await?;
    if late > 0 {
        tracing::info!(late, "members put on watch for a missing annual update");
    }
    Ok(())
}

/// Rejects returned applications that did not come back in time.
async fn lapse_returns(app: App) -> Result<(), AppError> {
    let work = crate::applications::service::overdue::reject_overdue_returns;
    let lapsed = app.door.system("applications.lapse", work).await?;
    if lapsed > 0 {
        tracing::info!(lapsed, "returned applications rejected as overdue");
    }
    Ok(())
}

/// Ends what the cancellation of a large round has left over.
async fn cease_cancelled(app: App) -> Result<(), AppError> {
    loop {
        let ceased = app.door.system("applications.cease", crate::applications::service::ceasing::cease_due).await?;
        if ceased == 0 {
            return Ok(());
        }
        tracing::info!(ceased, "applications of cancelled rounds ended");
    }
}

/// Deletes stored files that no record refers to: an upload that was cut off between the storage and the record.
async fn sweep_files(app: App) -> Result<(), AppError> {
    let gone = crate::attachments::sweep::sweep(&app).await?;
    if gone > 0 {
        tracing::info!(gone, "files that no record refers to were deleted");
    }
    Ok(())
}

/// Shows yellow and red cards for support items past their deadline.
async fn escalate_items(app: App) -> Result<(), AppError> {
    loop {
        let marked = app.door.system("support.escalate", crate::support::service::items::escalate_due).await?;
        if marked == 0 {
            return Ok(());
        }
        tracing::info!(marked, "support items escalated");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn every_job_has_a_name_of_its_own_and_says_what_it_does() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = crate::platform::config::Config::load(None, []).unwrap();
        config.data_dir = folder.path().to_owned();
        let app = App::start(config, crate::platform::clock::Clock::default()).await.unwrap();
        let mut names = std::collections::BTreeSet::new();
        for job in all(&app) {
            assert!(names.insert(job.name), "two jobs are called {}", job.name);
            assert!(
                !job.about.zh.is_empty() && !job.about.en.is_empty(),
                "{} does not say what it does: .about(say!(..))",
                job.name
            );
        }
    }
}
