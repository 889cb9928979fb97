//! The tables, as the migrations of both databases make them (a test compares the three).
//!
//! Written by `scripts/schema.py`; run it after adding a migration.

diesel::table! {
    users (id) {
        id -> Text,
        email -> Text,
        name -> Text,
        mobile -> Nullable<Text>,
        state -> Text,
        password_hash -> Nullable<Text>,
        password_set_at -> Nullable<Timestamp>,
        password_due_at -> Nullable<Timestamp>,
        failed_sign_ins -> Integer,
        locked_until -> Nullable<Timestamp>,
        lang -> Text,
        created_at -> Timestamp,
        last_sign_in_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    role_grants (user_id, role) {
        user_id -> Text,
        role -> Text,
        granted_by -> Text,
        granted_at -> Timestamp,
    }
}

diesel::table! {
    consents (id) {
        id -> Text,
        user_id -> Text,
        notice_version -> Text,
        given_at -> Timestamp,
    }
}

diesel::table! {
    password_history (id) {
        id -> Text,
        user_id -> Text,
        password_hash -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    account_codes (id) {
        id -> Text,
        user_id -> Text,
        purpose -> Text,
        code_hash -> Text,
        attempts -> Integer,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    pending_registrations (user_id) {
        user_id -> Text,
        credit_code -> Text,
        enterprise_name -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        user_id -> Text,
        address -> Text,
        user_agent -> Text,
        created_at -> Timestamp,
        last_used_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        end_reason -> Nullable<Text>,
    }
}

diesel::table! {
    refresh_tokens (token_hash) {
        token_hash -> Text,
        session_id -> Text,
        created_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    key_ring (id) {
        id -> Text,
        purpose -> Text,
        algorithm -> Text,
        public_key -> Text,
        sealed -> Text,
        created_at -> Timestamp,
        retired_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    audit_events (id) {
        id -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        seq -> BigInt,
        at -> Timestamp,
        actor -> Text,
        action -> Text,
        from_state -> Nullable<Text>,
        to_state -> Nullable<Text>,
        reason -> Nullable<Text>,
        changes -> Text,
        request_id -> Text,
        prev_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    audit_checkpoints (id) {
        id -> Text,
        number -> BigInt,
        at -> Timestamp,
        document -> Text,
        key_id -> Text,
        signature -> Text,
    }
}

diesel::table! {
    idempotency_keys (owner, key) {
        owner -> Text,
        key -> Text,
        digest -> Text,
        answer -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    jobs (name) {
        name -> Text,
        next_run_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        last_started_at -> Nullable<Timestamp>,
        last_finished_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        runs -> BigInt,
    }
}

diesel::table! {
    mails (id) {
        id -> Text,
        to_address -> Text,
        template -> Text,
        lang -> Text,
        subject -> Text,
        body -> Text,
        state -> Text,
        attempts -> Integer,
        next_attempt_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        html -> Text,
    }
}

diesel::table! {
    decisions (id) {
        id -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        action -> Text,
        proposal -> Text,
        state -> Text,
        prepared_by -> Text,
        reason -> Text,
        approvals_needed -> Integer,
        created_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    decision_steps (id) {
        id -> Text,
        decision_id -> Text,
        user_id -> Text,
        verdict -> Text,
        reason -> Nullable<Text>,
        at -> Timestamp,
    }
}

diesel::table! {
    enterprises (id) {
        id -> Text,
        credit_code -> Text,
        name -> Text,
        name_search -> Text,
        english_name -> Nullable<Text>,
        kind -> Nullable<Text>,
        registered_on -> Nullable<Date>,
        capital_fen -> Nullable<BigInt>,
        capital_currency -> Nullable<Text>,
        capital_text -> Nullable<Text>,
        business_scope -> Nullable<Text>,
        province -> Nullable<Text>,
        city -> Nullable<Text>,
        address -> Nullable<Text>,
        registered_in_laoshan -> Bool,
        laoshan_stated -> Nullable<Bool>,
        park -> Nullable<Text>,
        status -> Text,
        main_track -> Nullable<Text>,
        source -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    enterprise_name_grams (gram, enterprise_id) {
        gram -> Text,
        enterprise_id -> Text,
    }
}

diesel::table! {
    enterprise_tracks (enterprise_id, track) {
        enterprise_id -> Text,
        track -> Text,
    }
}

diesel::table! {
    enterprise_members (id) {
        id -> Text,
        enterprise_id -> Text,
        user_id -> Text,
        role -> Text,
        verified -> Bool,
        verified_by -> Nullable<Text>,
        verified_at -> Nullable<Timestamp>,
        evidence -> Nullable<Text>,
        created_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    enterprise_claims (id) {
        id -> Text,
        enterprise_id -> Text,
        user_id -> Text,
        role -> Text,
        message -> Nullable<Text>,
        state -> Text,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    annual_metrics (enterprise_id, year, indicator) {
        enterprise_id -> Text,
        year -> Integer,
        indicator -> Text,
        value -> BigInt,
        source -> Text,
        written_by -> Text,
        written_at -> Timestamp,
        verified_by -> Nullable<Text>,
        verified_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    enterprise_facts (id) {
        id -> Text,
        enterprise_id -> Text,
        kind -> Text,
        detail -> Text,
        occurred_on -> Nullable<Date>,
        source -> Text,
        evidence -> Nullable<Text>,
        written_by -> Text,
        created_at -> Timestamp,
        verified_by -> Nullable<Text>,
        verified_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    rule_sets (id) {
        id -> Text,
        code -> Text,
        revision -> Integer,
        name_zh -> Text,
        name_en -> Text,
        state -> Text,
        effective_from -> Date,
        effective_to -> Nullable<Date>,
        source -> Text,
        document -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        edited_by -> Text,
        edited_at -> Timestamp,
        published_by -> Nullable<Text>,
        published_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    holiday_years (year) {
        year -> Integer,
        source -> Text,
        document -> Text,
        imported_by -> Text,
        imported_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    rounds (id) {
        id -> Text,
        name -> Text,
        year -> Integer,
        tiers -> Text,
        rule_set_id -> Text,
        state -> Text,
        opens_at -> Timestamp,
        closes_at -> Timestamp,
        grace_seconds -> BigInt,
        expert_review -> Bool,
        site_check -> Bool,
        quotas -> Text,
        approvals_needed -> Integer,
        max_returns -> Integer,
        return_days -> Integer,
        publicity_days -> Integer,
        first_day_counts -> Bool,
        publicity_starts_on -> Nullable<Date>,
        publicity_ends_on -> Nullable<Date>,
        notice_id -> Nullable<Text>,
        guide -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamp,
        published_at -> Nullable<Timestamp>,
        updated_at -> Timestamp,
        version -> BigInt,
        certification -> Bool,
        evidence_required -> Bool,
    }
}

diesel::table! {
    round_extensions (id) {
        id -> Text,
        round_id -> Text,
        old_closes_at -> Timestamp,
        new_closes_at -> Timestamp,
        reason -> Text,
        extended_by -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    applications (id) {
        id -> Text,
        round_id -> Text,
        enterprise_id -> Text,
        tier -> Text,
        lane -> Text,
        state -> Text,
        live -> Bool,
        form -> Text,
        submitted_at -> Nullable<Timestamp>,
        snapshot_id -> Nullable<Text>,
        returns_used -> Integer,
        return_due_on -> Nullable<Date>,
        judgement -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    application_snapshots (id) {
        id -> Text,
        application_id -> Text,
        number -> Integer,
        rule_set_id -> Text,
        as_of -> Date,
        base_year -> Integer,
        form -> Text,
        figures -> Text,
        evaluation -> Text,
        outcome -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    application_returns (id) {
        id -> Text,
        application_id -> Text,
        number -> Integer,
        items -> Text,
        due_on -> Date,
        returned_by -> Text,
        at -> Timestamp,
        resubmitted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    application_overrides (id) {
        id -> Text,
        application_id -> Text,
        snapshot_id -> Text,
        leaf_code -> Text,
        reason -> Text,
        decision_id -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    notices (id) {
        id -> Text,
        kind -> Text,
        title -> Text,
        body -> Text,
        round_id -> Nullable<Text>,
        starts_on -> Date,
        ends_on -> Date,
        published_at -> Timestamp,
        published_by -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    notice_subjects (id) {
        id -> Text,
        notice_id -> Text,
        position -> Integer,
        subject_kind -> Text,
        subject_id -> Text,
        public -> Text,
    }
}

diesel::table! {
    objections (id) {
        id -> Text,
        notice_id -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        state -> Text,
        objector_name -> Text,
        contact -> Text,
        content -> Text,
        evidence -> Text,
        filed_at -> Timestamp,
        due_on -> Date,
        handler -> Nullable<Text>,
        outcome -> Nullable<Text>,
        answer -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    memberships (id) {
        id -> Text,
        enterprise_id -> Text,
        tier -> Nullable<Text>,
        lane -> Text,
        state -> Text,
        live -> Bool,
        certificate_number -> Nullable<Text>,
        application_id -> Nullable<Text>,
        round_id -> Nullable<Text>,
        source -> Text,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
        created_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        end_reason -> Nullable<Text>,
        version -> BigInt,
        watch_trigger -> Nullable<Text>,
        watched_since -> Nullable<Timestamp>,
        source_detail -> Nullable<Text>,
    }
}

diesel::table! {
    certificate_counters (year) {
        year -> Integer,
        last -> Integer,
    }
}

diesel::table! {
    banks (id) {
        id -> Text,
        name -> Text,
        cnaps_code -> Text,
        contact -> Text,
        state -> Text,
        suspended_reason -> Nullable<Text>,
        filed_on -> Date,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    bank_users (user_id) {
        user_id -> Text,
        bank_id -> Text,
        set_by -> Text,
        set_at -> Timestamp,
    }
}

diesel::table! {
    talents (id) {
        id -> Text,
        name -> Text,
        grade -> Text,
        programme -> Text,
        valid_to -> Date,
        id_document -> Text,
        id_sealed -> Text,
        id_index -> Text,
        id_masked -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    talent_employments (id) {
        id -> Text,
        talent_id -> Text,
        enterprise_id -> Text,
        link -> Text,
        since -> Date,
        until -> Nullable<Date>,
        evidence -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    loan_schemes (id) {
        id -> Text,
        code -> Text,
        revision -> Integer,
        name_zh -> Text,
        name_en -> Text,
        state -> Text,
        effective_from -> Date,
        effective_to -> Nullable<Date>,
        document -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        published_by -> Nullable<Text>,
        published_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    lpr_rates (published_on, tenor) {
        published_on -> Date,
        tenor -> Text,
        rate_ppm -> BigInt,
        imported_by -> Text,
        imported_at -> Timestamp,
    }
}

diesel::table! {
    loans (id) {
        id -> Text,
        bank_id -> Text,
        contract_no -> Text,
        enterprise_id -> Text,
        talent_id -> Text,
        scheme_id -> Text,
        principal_fen -> BigInt,
        covered_fen -> BigInt,
        day_basis -> Text,
        rate_ppm -> BigInt,
        lpr_tenor -> Text,
        lpr_ppm -> BigInt,
        spread_bp -> Nullable<BigInt>,
        repricing -> Nullable<Text>,
        signed_on -> Date,
        matures_on -> Date,
        purpose -> Text,
        purpose_note -> Nullable<Text>,
        state -> Text,
        balance_fen -> BigInt,
        class -> Text,
        due_on -> Date,
        overdue_since -> Nullable<Date>,
        first_drawdown_on -> Nullable<Date>,
        last_seq -> BigInt,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
        instalments -> Text,
    }
}

diesel::table! {
    loan_entries (id) {
        id -> Text,
        loan_id -> Text,
        seq -> BigInt,
        kind -> Text,
        effective_on -> Date,
        amount_fen -> Nullable<BigInt>,
        rate_ppm -> Nullable<BigInt>,
        class -> Nullable<Text>,
        matures_on -> Nullable<Date>,
        reverses_id -> Nullable<Text>,
        note -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    pool_accounts (code) {
        code -> Text,
        class -> Text,
        level -> Nullable<Text>,
    }
}

diesel::table! {
    pool_transactions (id) {
        id -> Text,
        kind -> Text,
        at -> Timestamp,
        booked_on -> Date,
        amount_fen -> BigInt,
        reason -> Text,
        voucher_no -> Nullable<Text>,
        subject_kind -> Text,
        subject_id -> Text,
        made_by -> Text,
        decision_id -> Nullable<Text>,
    }
}

diesel::table! {
    pool_postings (transaction_id, line) {
        transaction_id -> Text,
        line -> Integer,
        account -> Text,
        amount_fen -> BigInt,
    }
}

diesel::table! {
    pool_balances (account) {
        account -> Text,
        balance_fen -> BigInt,
    }
}

diesel::table! {
    compensation_claims (id) {
        id -> Text,
        bank_id -> Text,
        loan_id -> Text,
        enterprise_id -> Text,
        talent_id -> Text,
        state -> Text,
        principal_loss_fen -> BigInt,
        covered_fen -> BigInt,
        ratio_ppm -> BigInt,
        overdue_days -> Integer,
        class -> Text,
        recovery_started_on -> Nullable<Date>,
        collateral_proceeds_fen -> BigInt,
        evidence -> Text,
        entitled_fen -> BigInt,
        committed_fen -> BigInt,
        paid_fen -> BigInt,
        returned_fen -> BigInt,
        queued_fen -> BigInt,
        levels -> Text,
        filed_on -> Date,
        filed_by -> Text,
        complete_on -> Nullable<Date>,
        due_on -> Nullable<Date>,
        due_provisional -> Bool,
        reason -> Nullable<Text>,
        queue_no -> Nullable<BigInt>,
        admitted_by -> Nullable<Text>,
        written_off_on -> Nullable<Date>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    compensation_recoveries (id) {
        id -> Text,
        claim_id -> Text,
        gross_fen -> BigInt,
        cost_fen -> BigInt,
        returned_fen -> BigInt,
        bank_fen -> BigInt,
        received_on -> Date,
        voucher_no -> Text,
        transaction_id -> Nullable<Text>,
        recorded_by -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    experts (id) {
        id -> Text,
        user_id -> Text,
        kind -> Text,
        employer -> Text,
        employer_code -> Nullable<Text>,
        fields -> Text,
        load_cap -> Integer,
        unavailable -> Text,
        past_service -> Text,
        state -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    conflicts (id) {
        id -> Text,
        user_id -> Text,
        enterprise_id -> Text,
        source -> Text,
        ground -> Text,
        reason -> Text,
        application_id -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamp,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
        end_reason -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    review_plans (round_id) {
        round_id -> Text,
        document -> Text,
        updated_by -> Text,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    draws (id) {
        id -> Text,
        round_id -> Text,
        seed -> Text,
        procedure -> Text,
        rules -> Text,
        tasks -> Integer,
        candidates -> Text,
        application_ids -> Text,
        result -> Text,
        replaces -> Nullable<Text>,
        decision_id -> Nullable<Text>,
        drawn_by -> Text,
        drawn_at -> Timestamp,
    }
}

diesel::table! {
    panels (id) {
        id -> Text,
        round_id -> Text,
        draw_id -> Text,
        state -> Text,
        decision_id -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    panel_members (id) {
        id -> Text,
        panel_id -> Text,
        expert_id -> Text,
        position -> Integer,
        place -> Text,
        alternate -> Bool,
    }
}

diesel::table! {
    panel_applications (panel_id, application_id) {
        panel_id -> Text,
        application_id -> Text,
        live -> Bool,
    }
}

diesel::table! {
    reviews (id) {
        id -> Text,
        panel_id -> Text,
        round_id -> Text,
        application_id -> Text,
        enterprise_id -> Text,
        expert_id -> Text,
        user_id -> Text,
        arbiter -> Bool,
        state -> Text,
        sheet -> Text,
        total -> Nullable<BigInt>,
        declared_at -> Nullable<Timestamp>,
        submitted_at -> Nullable<Timestamp>,
        end_reason -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    scores (id) {
        id -> Text,
        application_id -> Text,
        round_id -> Text,
        tier -> Text,
        total -> BigInt,
        passed -> Bool,
        input -> Text,
        result -> Text,
        frozen_by -> Text,
        frozen_at -> Timestamp,
    }
}

diesel::table! {
    subsidy_budgets (year) {
        year -> Integer,
        total_fen -> BigInt,
        committed_fen -> BigInt,
        paid_fen -> BigInt,
        returned_fen -> BigInt,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    subsidy_claims (id) {
        id -> Text,
        enterprise_id -> Text,
        scheme_id -> Text,
        claim_year -> Integer,
        budget_year -> Integer,
        interest_from -> Date,
        interest_to -> Date,
        window_from -> Date,
        window_to -> Date,
        state -> Text,
        state_since -> Timestamp,
        form -> Text,
        calculation -> Nullable<Text>,
        computed_fen -> BigInt,
        granted_fen -> BigInt,
        paid_fen -> BigInt,
        returned_fen -> BigInt,
        filed_on -> Nullable<Date>,
        filed_by -> Nullable<Text>,
        due_on -> Nullable<Date>,
        due_provisional -> Bool,
        first_reviewer -> Nullable<Text>,
        second_reviewer -> Nullable<Text>,
        notice_id -> Nullable<Text>,
        publicity_ends_on -> Nullable<Date>,
        reason -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    subsidy_claim_loans (claim_id, loan_id) {
        claim_id -> Text,
        loan_id -> Text,
        bank_id -> Text,
        position -> Integer,
        interest_from -> Date,
        live -> Bool,
        receipts -> Nullable<Text>,
        confirmed_by -> Nullable<Text>,
        confirmed_at -> Nullable<Timestamp>,
        computed_fen -> BigInt,
        granted_fen -> BigInt,
        adjust_reason -> Nullable<Text>,
    }
}

diesel::table! {
    payment_batches (id) {
        id -> Text,
        note -> Text,
        payments -> Integer,
        total_fen -> BigInt,
        prepared_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    subsidy_payments (id) {
        id -> Text,
        batch_id -> Text,
        claim_id -> Text,
        enterprise_id -> Text,
        budget_year -> Integer,
        amount_fen -> BigInt,
        payee -> Text,
        state -> Text,
        voucher_no -> Nullable<Text>,
        paid_on -> Nullable<Date>,
        failure -> Nullable<Text>,
        recorded_by -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    subsidy_claw_backs (id) {
        id -> Text,
        claim_id -> Text,
        cause -> Text,
        extent -> Text,
        since -> Date,
        amount_fen -> BigInt,
        received_fen -> BigInt,
        state -> Text,
        reason -> Text,
        prepared_by -> Text,
        demanded_on -> Nullable<Date>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    subsidy_repayments (id) {
        id -> Text,
        claw_back_id -> Text,
        amount_fen -> BigInt,
        voucher_no -> Text,
        received_on -> Date,
        recorded_by -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    statement_lines (id) {
        id -> Text,
        account -> Text,
        booked_on -> Date,
        direction -> Text,
        amount_fen -> BigInt,
        voucher_no -> Text,
        counterparty -> Text,
        counterparty_account -> Text,
        memo -> Text,
        imported_by -> Text,
        imported_at -> Timestamp,
    }
}

diesel::table! {
    difference_explanations (difference) {
        difference -> Text,
        account -> Text,
        reason -> Text,
        explained_by -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    closed_periods (account, period) {
        account -> Text,
        period -> Text,
        starts_on -> Date,
        ends_on -> Date,
        entries -> BigInt,
        in_fen -> BigInt,
        out_fen -> BigInt,
        explained -> BigInt,
        closed_by -> Text,
        closed_at -> Timestamp,
    }
}

diesel::table! {
    bank_assessments (bank_id, quarter_end) {
        bank_id -> Text,
        quarter_end -> Date,
        loans -> BigInt,
        balance_fen -> BigInt,
        bad_fen -> BigInt,
        line_ppm -> BigInt,
        min_loans -> BigInt,
        suspended -> Bool,
        at -> Timestamp,
    }
}

diesel::table! {
    redactions (snapshot_id) {
        snapshot_id -> Text,
        application_id -> Text,
        texts -> Text,
        updated_by -> Text,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    attachments (id) {
        id -> Text,
        holder_kind -> Text,
        holder_id -> Text,
        item -> Nullable<Text>,
        name -> Text,
        media_type -> Text,
        bytes -> BigInt,
        sha256 -> Text,
        object_key -> Text,
        uploaded_by -> Text,
        uploaded_at -> Timestamp,
        removed_by -> Nullable<Text>,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    application_snapshot_files (snapshot_id, attachment_id) {
        snapshot_id -> Text,
        attachment_id -> Text,
    }
}

diesel::table! {
    application_certifications (id) {
        id -> Text,
        application_id -> Text,
        digest -> Text,
        certified_by -> Text,
        certified_at -> Timestamp,
    }
}

diesel::table! {
    site_visits (id) {
        id -> Text,
        application_id -> Text,
        enterprise_id -> Text,
        round_id -> Text,
        state -> Text,
        planned_on -> Date,
        held_on -> Nullable<Date>,
        visitors -> Text,
        checklist -> Text,
        conclusion -> Nullable<Text>,
        summary -> Nullable<Text>,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
        answer -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    ranking_moves (id) {
        id -> Text,
        round_id -> Text,
        tier -> Text,
        application_id -> Text,
        to_position -> Integer,
        reason -> Text,
        moved_by -> Text,
        moved_at -> Timestamp,
    }
}

diesel::table! {
    round_minutes (round_id) {
        round_id -> Text,
        held_on -> Date,
        place -> Nullable<Text>,
        chair -> Text,
        attendees -> Text,
        text -> Text,
        updated_by -> Text,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    release_items (decision_id, application_id) {
        decision_id -> Text,
        application_id -> Text,
        position -> Integer,
        outcome -> Text,
    }
}

diesel::table! {
    feedbacks (application_id) {
        application_id -> Text,
        enterprise_id -> Text,
        state -> Text,
        text -> Text,
        prepared_by -> Text,
        sent_at -> Nullable<Timestamp>,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    departments (id) {
        id -> Text,
        code -> Text,
        name -> Text,
        open -> Bool,
        created_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    department_members (department_id, user_id) {
        department_id -> Text,
        user_id -> Text,
        added_at -> Timestamp,
    }
}

diesel::table! {
    support_plans (id) {
        id -> Text,
        membership_id -> Text,
        enterprise_id -> Text,
        tier -> Text,
        track -> Nullable<Text>,
        year -> Integer,
        state -> Text,
        revision -> Integer,
        officer_a -> Text,
        officer_b -> Nullable<Text>,
        consulted_at -> Nullable<Timestamp>,
        confirmed_at -> Nullable<Timestamp>,
        mid_review -> Nullable<Text>,
        evaluation -> Nullable<Text>,
        score -> Nullable<Integer>,
        attained_ppm -> Nullable<BigInt>,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    support_plan_revisions (id) {
        id -> Text,
        plan_id -> Text,
        number -> Integer,
        state -> Text,
        content -> Text,
        side -> Text,
        reason -> Nullable<Text>,
        made_by -> Text,
        made_at -> Timestamp,
        office_by -> Nullable<Text>,
        office_at -> Nullable<Timestamp>,
        enterprise_by -> Nullable<Text>,
        enterprise_at -> Nullable<Timestamp>,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    support_plan_departments (plan_id, department_id) {
        plan_id -> Text,
        department_id -> Text,
    }
}

diesel::table! {
    support_visits (id) {
        id -> Text,
        enterprise_id -> Text,
        visited_on -> Date,
        way -> Text,
        visitors -> Text,
        met -> Text,
        topics -> Text,
        next_on -> Nullable<Date>,
        written_by -> Text,
        written_at -> Timestamp,
    }
}

diesel::table! {
    support_items (id) {
        id -> Text,
        enterprise_id -> Text,
        plan_id -> Nullable<Text>,
        measure -> Nullable<Text>,
        visit_id -> Nullable<Text>,
        refers_to -> Nullable<Text>,
        kind -> Text,
        source -> Text,
        category -> Text,
        title -> Text,
        description -> Text,
        state -> Text,
        open -> Bool,
        department_id -> Nullable<Text>,
        officer_id -> Nullable<Text>,
        raised_by -> Text,
        raised_at -> Timestamp,
        assigned_at -> Nullable<Timestamp>,
        answered_at -> Nullable<Timestamp>,
        due_on -> Nullable<Date>,
        deadline_on -> Date,
        escalation -> Text,
        extended -> Bool,
        suspended_on -> Nullable<Date>,
        suspended_from -> Nullable<Text>,
        evidence_count -> Integer,
        completed_at -> Nullable<Timestamp>,
        on_time -> Nullable<Bool>,
        confirmed_at -> Nullable<Timestamp>,
        rating -> Nullable<Integer>,
        closed_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    support_item_entries (id) {
        id -> Text,
        item_id -> Text,
        step -> Text,
        user_id -> Nullable<Text>,
        at -> Timestamp,
        note -> Text,
        documents -> Text,
    }
}

diesel::table! {
    support_escalations (id) {
        id -> Text,
        item_id -> Text,
        level -> Text,
        department_id -> Nullable<Text>,
        deadline_on -> Date,
        at -> Timestamp,
    }
}

diesel::table! {
    support_deliveries (id) {
        id -> Text,
        enterprise_id -> Text,
        plan_id -> Nullable<Text>,
        item_id -> Nullable<Text>,
        budget_line -> Nullable<Text>,
        kind -> Text,
        category -> Text,
        programme -> Text,
        source -> Text,
        budget_year -> Integer,
        planned_fen -> BigInt,
        approved_fen -> BigInt,
        paid_fen -> BigInt,
        quantity -> BigInt,
        document -> Text,
        invoice -> Nullable<Text>,
        contract -> Nullable<Text>,
        cost_item -> Nullable<Text>,
        period_from -> Nullable<Date>,
        period_to -> Nullable<Date>,
        flagged -> Bool,
        recorded_by -> Text,
        recorded_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    support_funding_flags (id) {
        id -> Text,
        delivery_id -> Text,
        other_id -> Text,
        ground -> Text,
        raised_at -> Timestamp,
        cleared_by -> Nullable<Text>,
        cleared_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    membership_spans (membership_id, seq) {
        membership_id -> Text,
        seq -> BigInt,
        state -> Text,
        tier -> Nullable<Text>,
        from_at -> Timestamp,
        to_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    reentry_bars (id) {
        id -> Text,
        enterprise_id -> Text,
        membership_id -> Text,
        decision_id -> Text,
        basis -> Text,
        from_on -> Date,
        until_on -> Date,
        created_at -> Timestamp,
    }
}

diesel::table! {
    recheck_draws (id) {
        id -> Text,
        share_ppm -> BigInt,
        seed -> Text,
        candidates -> Text,
        drawn -> Text,
        drawn_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    rechecks (id) {
        id -> Text,
        membership_id -> Text,
        enterprise_id -> Text,
        cause -> Text,
        draw_id -> Nullable<Text>,
        note -> Nullable<Text>,
        state -> Text,
        rule_set_id -> Text,
        as_of -> Date,
        figures -> Text,
        evaluation -> Text,
        next_evaluation -> Nullable<Text>,
        outcome -> Nullable<Text>,
        basis -> Nullable<Text>,
        opened_by -> Text,
        opened_at -> Timestamp,
        concluded_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    update_windows (year) {
        year -> Integer,
        opens_on -> Date,
        due_on -> Date,
        late_days -> Integer,
        change_ppm -> BigInt,
        drop_ppm -> BigInt,
        swept_at -> Nullable<Timestamp>,
        created_by -> Text,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    annual_updates (id) {
        id -> Text,
        year -> Integer,
        enterprise_id -> Text,
        state -> Text,
        entries -> Text,
        submitted_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    promotion_gaps (membership_id) {
        membership_id -> Text,
        enterprise_id -> Text,
        next_tier -> Text,
        rule_set_id -> Text,
        as_of -> Date,
        unmet -> Integer,
        gap_ppm -> BigInt,
    }
}

diesel::table! {
    round_invitations (id) {
        id -> Text,
        round_id -> Text,
        membership_id -> Text,
        enterprise_id -> Text,
        tier -> Text,
        invited_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    major_changes (id) {
        id -> Text,
        enterprise_id -> Text,
        kind -> Text,
        occurred_on -> Date,
        detail -> Text,
        note -> Nullable<Text>,
        state -> Text,
        late -> Bool,
        reported_by -> Text,
        reported_at -> Timestamp,
        resolved_by -> Nullable<Text>,
        resolved_at -> Nullable<Timestamp>,
        resolution -> Nullable<Text>,
        recheck_ids -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    enterprise_mergers (change_id) {
        change_id -> Text,
        predecessor_id -> Text,
        successor_id -> Text,
        merged_on -> Date,
    }
}

diesel::table! {
    enterprise_links (id) {
        id -> Text,
        track -> Text,
        enterprise_id -> Text,
        kind -> Text,
        counterpart_id -> Nullable<Text>,
        item -> Text,
        contract_number -> Nullable<Text>,
        amount_fen -> Nullable<BigInt>,
        starts_on -> Nullable<Date>,
        ends_on -> Nullable<Date>,
        ended_at -> Nullable<Timestamp>,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    recruitment_leads (id) {
        id -> Text,
        name -> Text,
        track -> Text,
        link_id -> Nullable<Text>,
        enterprise_id -> Nullable<Text>,
        stage -> Text,
        contact -> Nullable<Text>,
        contact_phone -> Nullable<Text>,
        promised -> Nullable<Text>,
        investment_fen -> Nullable<BigInt>,
        agreement_number -> Nullable<Text>,
        signed_on -> Nullable<Date>,
        agreement_ends_on -> Nullable<Date>,
        landed_on -> Nullable<Date>,
        lost_reason -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    directions (id) {
        id -> Text,
        code -> Text,
        name_zh -> Text,
        name_en -> Text,
        summary -> Nullable<Text>,
        state -> Text,
        review_on -> Nullable<Date>,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    direction_signals (id) {
        id -> Text,
        direction_id -> Text,
        observed_on -> Date,
        text -> Text,
        source -> Text,
        noted_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    direction_reviews (id) {
        id -> Text,
        direction_id -> Text,
        verdict -> Text,
        reason -> Text,
        next_review_on -> Nullable<Date>,
        track -> Nullable<Text>,
        reviewed_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    messages (id) {
        id -> Text,
        user_id -> Text,
        notice -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        enterprise_id -> Nullable<Text>,
        own -> Bool,
        content -> Text,
        due_on -> Nullable<Date>,
        mailing -> Text,
        occasion -> Nullable<Text>,
        created_at -> Timestamp,
        read_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    message_preferences (user_id) {
        user_id -> Text,
        choices -> Text,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::joinable!(role_grants -> users (user_id));
diesel::joinable!(consents -> users (user_id));
diesel::joinable!(password_history -> users (user_id));
diesel::joinable!(account_codes -> users (user_id));
diesel::joinable!(pending_registrations -> users (user_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(decisions -> users (prepared_by));
diesel::joinable!(decision_steps -> decisions (decision_id));
diesel::joinable!(decision_steps -> users (user_id));
diesel::joinable!(enterprise_tracks -> enterprises (enterprise_id));
diesel::joinable!(enterprise_members -> enterprises (enterprise_id));
diesel::joinable!(enterprise_members -> users (user_id));
diesel::joinable!(enterprise_claims -> enterprises (enterprise_id));
diesel::joinable!(enterprise_claims -> users (user_id));
diesel::joinable!(annual_metrics -> enterprises (enterprise_id));
diesel::joinable!(enterprise_facts -> enterprises (enterprise_id));
diesel::joinable!(rounds -> rule_sets (rule_set_id));
diesel::joinable!(round_extensions -> rounds (round_id));
diesel::joinable!(applications -> rounds (round_id));
diesel::joinable!(applications -> enterprises (enterprise_id));
diesel::joinable!(application_snapshots -> applications (application_id));
diesel::joinable!(application_snapshots -> rule_sets (rule_set_id));
diesel::joinable!(application_returns -> applications (application_id));
diesel::joinable!(application_overrides -> applications (application_id));
diesel::joinable!(application_overrides -> application_snapshots (snapshot_id));
diesel::joinable!(application_overrides -> decisions (decision_id));
diesel::joinable!(notice_subjects -> notices (notice_id));
diesel::joinable!(objections -> notices (notice_id));
diesel::joinable!(memberships -> enterprises (enterprise_id));
diesel::joinable!(memberships -> applications (application_id));
diesel::joinable!(memberships -> rounds (round_id));
diesel::joinable!(bank_users -> users (user_id));
diesel::joinable!(bank_users -> banks (bank_id));
diesel::joinable!(talent_employments -> talents (talent_id));
diesel::joinable!(talent_employments -> enterprises (enterprise_id));
diesel::joinable!(loans -> banks (bank_id));
diesel::joinable!(loans -> enterprises (enterprise_id));
diesel::joinable!(loans -> talents (talent_id));
diesel::joinable!(loans -> loan_schemes (scheme_id));
diesel::joinable!(loan_entries -> loans (loan_id));
diesel::joinable!(pool_transactions -> decisions (decision_id));
diesel::joinable!(pool_postings -> pool_transactions (transaction_id));
diesel::joinable!(pool_postings -> pool_accounts (account));
diesel::joinable!(pool_balances -> pool_accounts (account));
diesel::joinable!(compensation_claims -> banks (bank_id));
diesel::joinable!(compensation_claims -> loans (loan_id));
diesel::joinable!(compensation_claims -> enterprises (enterprise_id));
diesel::joinable!(compensation_claims -> talents (talent_id));
diesel::joinable!(compensation_recoveries -> compensation_claims (claim_id));
diesel::joinable!(compensation_recoveries -> pool_transactions (transaction_id));
diesel::joinable!(experts -> users (user_id));
diesel::joinable!(conflicts -> users (user_id));
diesel::joinable!(conflicts -> enterprises (enterprise_id));
diesel::joinable!(review_plans -> rounds (round_id));
diesel::joinable!(draws -> rounds (round_id));
diesel::joinable!(panels -> rounds (round_id));
diesel::joinable!(panels -> draws (draw_id));
diesel::joinable!(panel_members -> panels (panel_id));
diesel::joinable!(panel_members -> experts (expert_id));
diesel::joinable!(panel_applications -> panels (panel_id));
diesel::joinable!(panel_applications -> applications (application_id));
diesel::joinable!(reviews -> panels (panel_id));
diesel::joinable!(reviews -> rounds (round_id));
diesel::joinable!(reviews -> applications (application_id));
diesel::joinable!(reviews -> enterprises (enterprise_id));
diesel::joinable!(reviews -> experts (expert_id));
diesel::joinable!(reviews -> users (user_id));
diesel::joinable!(scores -> applications (application_id));
diesel::joinable!(scores -> rounds (round_id));
diesel::joinable!(subsidy_claims -> enterprises (enterprise_id));
diesel::joinable!(subsidy_claims -> loan_schemes (scheme_id));
diesel::joinable!(subsidy_claims -> notices (notice_id));
diesel::joinable!(subsidy_claim_loans -> subsidy_claims (claim_id));
diesel::joinable!(subsidy_claim_loans -> loans (loan_id));
diesel::joinable!(subsidy_claim_loans -> banks (bank_id));
diesel::joinable!(subsidy_payments -> payment_batches (batch_id));
diesel::joinable!(subsidy_payments -> subsidy_claims (claim_id));
diesel::joinable!(subsidy_payments -> enterprises (enterprise_id));
diesel::joinable!(subsidy_claw_backs -> subsidy_claims (claim_id));
diesel::joinable!(subsidy_repayments -> subsidy_claw_backs (claw_back_id));
diesel::joinable!(bank_assessments -> banks (bank_id));
diesel::joinable!(redactions -> application_snapshots (snapshot_id));
diesel::joinable!(redactions -> applications (application_id));
diesel::joinable!(attachments -> users (uploaded_by));
diesel::joinable!(application_snapshot_files -> application_snapshots (snapshot_id));
diesel::joinable!(application_snapshot_files -> attachments (attachment_id));
diesel::joinable!(application_certifications -> applications (application_id));
diesel::joinable!(application_certifications -> users (certified_by));
diesel::joinable!(site_visits -> applications (application_id));
diesel::joinable!(site_visits -> enterprises (enterprise_id));
diesel::joinable!(site_visits -> rounds (round_id));
diesel::joinable!(ranking_moves -> rounds (round_id));
diesel::joinable!(ranking_moves -> applications (application_id));
diesel::joinable!(ranking_moves -> users (moved_by));
diesel::joinable!(round_minutes -> rounds (round_id));
diesel::joinable!(round_minutes -> users (updated_by));
diesel::joinable!(release_items -> decisions (decision_id));
diesel::joinable!(release_items -> applications (application_id));
diesel::joinable!(feedbacks -> applications (application_id));
diesel::joinable!(feedbacks -> enterprises (enterprise_id));
diesel::joinable!(feedbacks -> users (prepared_by));
diesel::joinable!(department_members -> departments (department_id));
diesel::joinable!(department_members -> users (user_id));
diesel::joinable!(support_plans -> memberships (membership_id));
diesel::joinable!(support_plans -> enterprises (enterprise_id));
diesel::joinable!(support_plan_revisions -> support_plans (plan_id));
diesel::joinable!(support_plan_departments -> support_plans (plan_id));
diesel::joinable!(support_plan_departments -> departments (department_id));
diesel::joinable!(support_visits -> enterprises (enterprise_id));
diesel::joinable!(support_items -> enterprises (enterprise_id));
diesel::joinable!(support_items -> support_plans (plan_id));
diesel::joinable!(support_items -> support_visits (visit_id));
diesel::joinable!(support_items -> departments (department_id));
diesel::joinable!(support_items -> users (officer_id));
diesel::joinable!(support_item_entries -> support_items (item_id));
diesel::joinable!(support_item_entries -> users (user_id));
diesel::joinable!(support_escalations -> support_items (item_id));
diesel::joinable!(support_escalations -> departments (department_id));
diesel::joinable!(support_deliveries -> enterprises (enterprise_id));
diesel::joinable!(support_deliveries -> support_plans (plan_id));
diesel::joinable!(support_deliveries -> support_items (item_id));
diesel::joinable!(membership_spans -> memberships (membership_id));
diesel::joinable!(reentry_bars -> enterprises (enterprise_id));
diesel::joinable!(reentry_bars -> memberships (membership_id));
diesel::joinable!(reentry_bars -> decisions (decision_id));
diesel::joinable!(rechecks -> memberships (membership_id));
diesel::joinable!(rechecks -> enterprises (enterprise_id));
diesel::joinable!(rechecks -> recheck_draws (draw_id));
diesel::joinable!(rechecks -> rule_sets (rule_set_id));
diesel::joinable!(annual_updates -> update_windows (year));
diesel::joinable!(annual_updates -> enterprises (enterprise_id));
diesel::joinable!(promotion_gaps -> memberships (membership_id));
diesel::joinable!(promotion_gaps -> enterprises (enterprise_id));
diesel::joinable!(promotion_gaps -> rule_sets (rule_set_id));
diesel::joinable!(round_invitations -> rounds (round_id));
diesel::joinable!(round_invitations -> memberships (membership_id));
diesel::joinable!(round_invitations -> enterprises (enterprise_id));
diesel::joinable!(major_changes -> enterprises (enterprise_id));
diesel::joinable!(enterprise_mergers -> major_changes (change_id));
diesel::joinable!(enterprise_mergers -> enterprises (predecessor_id));
diesel::joinable!(enterprise_links -> enterprises (enterprise_id));
diesel::joinable!(recruitment_leads -> enterprise_links (link_id));
diesel::joinable!(recruitment_leads -> enterprises (enterprise_id));
diesel::joinable!(direction_signals -> directions (direction_id));
diesel::joinable!(direction_reviews -> directions (direction_id));
diesel::joinable!(messages -> users (user_id));
diesel::joinable!(message_preferences -> users (user_id));

diesel::allow_tables_to_appear_in_same_query!(
    users,
    role_grants,
    consents,
    password_history,
    account_codes,
    pending_registrations,
    sessions,
    refresh_tokens,
    key_ring,
    audit_events,
    audit_checkpoints,
    idempotency_keys,
    jobs,
    mails,
    decisions,
    decision_steps,
    enterprises,
    enterprise_name_grams,
    enterprise_tracks,
    enterprise_members,
    enterprise_claims,
    annual_metrics,
    enterprise_facts,
    rule_sets,
    holiday_years,
    rounds,
    round_extensions,
    applications,
    application_snapshots,
    application_returns,
    application_overrides,
    notices,
    notice_subjects,
    objections,
    memberships,
    certificate_counters,
    banks,
    bank_users,
    talents,
    talent_employments,
    loan_schemes,
    lpr_rates,
    loans,
    loan_entries,
    pool_accounts,
    pool_transactions,
    pool_postings,
    pool_balances,
    compensation_claims,
    compensation_recoveries,
    experts,
    conflicts,
    review_plans,
    draws,
    panels,
    panel_members,
    panel_applications,
    reviews,
    scores,
    subsidy_budgets,
    subsidy_claims,
    subsidy_claim_loans,
    payment_batches,
    subsidy_payments,
    subsidy_claw_backs,
    subsidy_repayments,
    statement_lines,
    difference_explanations,
    closed_periods,
    bank_assessments,
    redactions,
    attachments,
    application_snapshot_files,
    application_certifications,
    site_visits,
    ranking_moves,
    round_minutes,
    release_items,
    feedbacks,
    departments,
    department_members,
    support_plans,
    support_plan_revisions,
    support_plan_departments,
    support_visits,
    support_items,
    support_item_entries,
    support_escalations,
    support_deliveries,
    support_funding_flags,
    membership_spans,
    reentry_bars,
    recheck_draws,
    rechecks,
    update_windows,
    annual_updates,
    promotion_gaps,
    round_invitations,
    major_changes,
    enterprise_mergers,
    enterprise_links,
    recruitment_leads,
    directions,
    direction_signals,
    direction_reviews,
    messages,
    message_preferences,
);
