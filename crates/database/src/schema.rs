// Generated from the migrations (docs/ARCHITECTURE.md, "Changing the schema"); a test compares it with the database.

diesel::table! {
    ai_accounts (brand_id) {
        brand_id -> Uuid,
        base_url -> Text,
        model -> Text,
        key -> Nullable<Bytea>,
        enabled -> Bool,
        daily_calls -> Int4,
        saved_at -> Timestamptz,
        resting_until -> Nullable<Timestamptz>,
        tested_at -> Nullable<Timestamptz>,
        test_passed -> Nullable<Bool>,
        test_words -> Nullable<Text>,
    }
}

diesel::table! {
    ai_calls (id) {
        id -> Uuid,
        brand_id -> Uuid,
        purpose -> Text,
        model -> Text,
        day -> Date,
        message_id -> Nullable<Text>,
        inbound_id -> Nullable<Uuid>,
        outcome -> Text,
        intent -> Nullable<Text>,
        confidence -> Nullable<Float4>,
        tokens_in -> Int4,
        tokens_out -> Int4,
        latency_ms -> Int4,
        error -> Nullable<Text>,
        at -> Timestamptz,
    }
}

diesel::table! {
    ai_decisions (id) {
        id -> Uuid,
        brand_id -> Uuid,
        deal_id -> Uuid,
        action -> Text,
        outcome -> Text,
        rule -> Text,
        reasoning -> Text,
        counterfactual -> Text,
        inputs -> Jsonb,
        guards -> Jsonb,
        engine -> Text,
        prompt_version -> Nullable<Text>,
        tokens -> Int4,
        cost_microcents -> Int8,
        decided_by -> Nullable<Uuid>,
        at -> Timestamptz,
    }
}

diesel::table! {
    audit_log (id) {
        id -> Uuid,
        brand_id -> Uuid,
        user_id -> Nullable<Uuid>,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Nullable<Uuid>,
        detail -> Jsonb,
        at -> Timestamptz,
    }
}

diesel::table! {
    brands (id) {
        id -> Uuid,
        slug -> Text,
        name -> Text,
        legal_name -> Text,
        website -> Text,
        from_name -> Text,
        from_email -> Text,
        reply_to -> Nullable<Text>,
        contact_email -> Text,
        phone -> Text,
        postal_address -> Text,
        logo_url -> Text,
        time_zone -> Text,
        region -> Text,
        office_days -> Array<Int2>,
        office_from -> Int4,
        office_to -> Int4,
        tracks_opens -> Bool,
        tracks_clicks -> Bool,
        hourly_cap -> Int4,
        daily_cap -> Int4,
        contact_gap_hours -> Int4,
        warmup_started_on -> Nullable<Date>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    consents (id) {
        id -> Uuid,
        brand_id -> Uuid,
        contact_id -> Uuid,
        basis -> Text,
        evidence -> Text,
        captured_by -> Nullable<Uuid>,
        captured_at -> Timestamptz,
    }
}

diesel::table! {
    contacts (id) {
        id -> Uuid,
        brand_id -> Uuid,
        email -> Text,
        name -> Text,
        company -> Text,
        website -> Text,
        phone -> Text,
        role_title -> Text,
        kind -> Text,
        source -> Text,
        tags -> Array<Text>,
        domain_authority -> Nullable<Int2>,
        score -> Nullable<Int2>,
        time_zone -> Nullable<Text>,
        region -> Nullable<Text>,
        status -> Text,
        consent_basis -> Nullable<Text>,
        consent_evidence -> Text,
        consent_at -> Nullable<Timestamptz>,
        soft_bounces -> Int2,
        last_mailed_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    deal_stage_events (id) {
        id -> Uuid,
        brand_id -> Uuid,
        deal_id -> Uuid,
        from_stage_id -> Nullable<Uuid>,
        to_stage_id -> Uuid,
        from_status -> Nullable<Text>,
        to_status -> Text,
        actor -> Text,
        user_id -> Nullable<Uuid>,
        reason -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    deals (id) {
        id -> Uuid,
        brand_id -> Uuid,
        contact_id -> Uuid,
        pipeline_id -> Uuid,
        stage_id -> Uuid,
        stage_visit -> Int4,
        stage_entered_at -> Timestamptz,
        status -> Text,
        lost_reason -> Nullable<Text>,
        value_cents -> Nullable<Int8>,
        currency -> Text,
        expected_close_on -> Nullable<Date>,
        owner_id -> Nullable<Uuid>,
        next_action_at -> Nullable<Timestamptz>,
        next_reason -> Text,
        blocked_reason -> Nullable<Text>,
        tier -> Text,
        tier_unverified -> Bool,
        mails_sent -> Int4,
        last_mailed_at -> Nullable<Timestamptz>,
        template_variant -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        slot_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    demo_clock (only_row) {
        only_row -> Bool,
        offset_seconds -> Int8,
    }
}

diesel::table! {
    email_attempts (id) {
        id -> Uuid,
        brand_id -> Uuid,
        message_id -> Uuid,
        outcome -> Text,
        reason -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    email_contents (message_id) {
        message_id -> Uuid,
        brand_id -> Uuid,
        from_email -> Text,
        from_name -> Text,
        reply_to -> Nullable<Text>,
        preheader -> Text,
        html -> Text,
        body_text -> Text,
        links -> Array<Text>,
        references_header -> Nullable<Text>,
    }
}

diesel::table! {
    email_event_judgements (id) {
        id -> Int8,
        brand_id -> Uuid,
        event_id -> Uuid,
        verdict -> Text,
        reason -> Text,
        replaced_at -> Timestamptz,
    }
}

diesel::table! {
    email_events (id) {
        id -> Uuid,
        brand_id -> Uuid,
        message_id -> Uuid,
        deal_id -> Nullable<Uuid>,
        kind -> Text,
        verdict -> Text,
        reason -> Text,
        url -> Nullable<Text>,
        user_agent -> Nullable<Text>,
        at -> Timestamptz,
        origin -> Nullable<Bytea>,
        judged_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    email_hits (id) {
        id -> Uuid,
        brand_id -> Uuid,
        message_id -> Uuid,
        link -> Nullable<Int4>,
        at -> Timestamptz,
        method -> Text,
        user_agent -> Text,
        purpose -> Text,
        network -> Text,
        origin -> Nullable<Bytea>,
        own_session -> Bool,
    }
}

diesel::table! {
    email_messages (id) {
        id -> Uuid,
        brand_id -> Uuid,
        contact_id -> Nullable<Uuid>,
        deal_id -> Nullable<Uuid>,
        stage_id -> Nullable<Uuid>,
        step -> Nullable<Int2>,
        stage_visit -> Nullable<Int4>,
        template_key -> Nullable<Text>,
        variant -> Text,
        tier -> Nullable<Text>,
        send_key -> Text,
        state -> Text,
        to_email -> Text,
        to_name -> Text,
        subject -> Text,
        message_id -> Text,
        in_reply_to -> Nullable<Text>,
        scheduled_for -> Timestamptz,
        claimed_at -> Nullable<Timestamptz>,
        claimed_by -> Nullable<Text>,
        attempts -> Int2,
        sent_at -> Nullable<Timestamptz>,
        provider_id -> Nullable<Text>,
        reason -> Nullable<Text>,
        is_test -> Bool,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        opened_at -> Nullable<Timestamptz>,
        machine_opened_at -> Nullable<Timestamptz>,
        clicked_at -> Nullable<Timestamptz>,
        replied_at -> Nullable<Timestamptz>,
        bounced_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    former_recipients (message_id) {
        message_id -> Uuid,
        brand_id -> Uuid,
        email -> Text,
    }
}

diesel::table! {
    import_errors (import_id, row_number, column_name) {
        import_id -> Uuid,
        brand_id -> Uuid,
        row_number -> Int8,
        column_name -> Text,
        reason -> Text,
    }
}

diesel::table! {
    import_files (import_id, part) {
        import_id -> Uuid,
        brand_id -> Uuid,
        bytes -> Bytea,
        part -> Int4,
    }
}

diesel::table! {
    imports (id) {
        id -> Uuid,
        brand_id -> Uuid,
        pipeline_id -> Nullable<Uuid>,
        file_name -> Text,
        status -> Text,
        options -> Jsonb,
        total_rows -> Int8,
        done_rows -> Int8,
        created_count -> Int8,
        updated_count -> Int8,
        skipped_count -> Int8,
        suppressed_count -> Int8,
        error_count -> Int8,
        deal_count -> Int8,
        failure -> Nullable<Text>,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    inbound_messages (id) {
        id -> Uuid,
        brand_id -> Uuid,
        message_id -> Text,
        from_email -> Text,
        from_name -> Text,
        subject -> Text,
        body_text -> Text,
        received_at -> Timestamptz,
        outbound_id -> Nullable<Uuid>,
        contact_id -> Nullable<Uuid>,
        deal_id -> Nullable<Uuid>,
        kind -> Text,
        intent -> Text,
        confidence -> Float4,
        reason -> Text,
        needs_review -> Bool,
        reviewed_by -> Nullable<Uuid>,
        reviewed_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        quoted_text -> Text,
    }
}

diesel::table! {
    inbound_reviews (id) {
        id -> Uuid,
        brand_id -> Uuid,
        inbound_id -> Uuid,
        kind_before -> Text,
        intent_before -> Text,
        confidence_before -> Float4,
        reason_before -> Text,
        intent_after -> Text,
        reviewed_by -> Nullable<Uuid>,
        reviewed_at -> Timestamptz,
        restore -> Nullable<Jsonb>,
        undone_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    job_runs (id) {
        id -> Uuid,
        job -> Text,
        #[sql_name = "trigger"]
        triggered_by -> Text,
        started_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        outcome -> Text,
        summary -> Jsonb,
        error -> Nullable<Text>,
    }
}

diesel::table! {
    mail_accounts (brand_id) {
        brand_id -> Uuid,
        provider -> Text,
        host -> Text,
        port -> Int4,
        tls -> Text,
        username -> Text,
        updated_at -> Timestamptz,
        data_centre -> Text,
        account_id -> Text,
        client_id -> Text,
        tested_at -> Nullable<Timestamptz>,
        test_outcome -> Nullable<Text>,
        test_words -> Text,
    }
}

diesel::table! {
    mail_secrets (brand_id, name) {
        brand_id -> Uuid,
        name -> Text,
        sealed -> Nullable<Bytea>,
        expires_at -> Nullable<Timestamptz>,
        stored_at -> Timestamptz,
    }
}

diesel::table! {
    mailbox_failures (id) {
        id -> Uuid,
        brand_id -> Uuid,
        digest -> Text,
        reason -> Text,
        from_email -> Text,
        subject -> Text,
        arrived_at -> Nullable<Timestamptz>,
        size_bytes -> Int8,
        raw -> Bytea,
        is_whole -> Bool,
        created_at -> Timestamptz,
        dealt_with_at -> Nullable<Timestamptz>,
        dealt_with_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    mailboxes (brand_id) {
        brand_id -> Uuid,
        kind -> Text,
        enabled -> Bool,
        host -> Text,
        port -> Int4,
        tls -> Text,
        username -> Text,
        password -> Nullable<Bytea>,
        folder -> Text,
        saved_at -> Timestamptz,
        read_since -> Date,
        validity -> Nullable<Int8>,
        position -> Int8,
        mails_read -> Int8,
        last_mail_at -> Nullable<Timestamptz>,
        looked_at -> Nullable<Timestamptz>,
        checked_at -> Nullable<Timestamptz>,
        backlog -> Int4,
        oldest_waiting_at -> Nullable<Timestamptz>,
        last_error -> Nullable<Text>,
        last_error_at -> Nullable<Timestamptz>,
        failing_since -> Nullable<Timestamptz>,
        stuck_position -> Nullable<Int8>,
        stuck_times -> Int2,
        lease_by -> Nullable<Uuid>,
        lease_until -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    memberships (user_id, brand_id) {
        user_id -> Uuid,
        brand_id -> Uuid,
        role -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    notes (id) {
        id -> Uuid,
        brand_id -> Uuid,
        contact_id -> Uuid,
        deal_id -> Nullable<Uuid>,
        kind -> Text,
        body -> Text,
        due_at -> Nullable<Timestamptz>,
        done_at -> Nullable<Timestamptz>,
        author_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    pipelines (id) {
        id -> Uuid,
        brand_id -> Uuid,
        key -> Text,
        name -> Text,
        pipeline_type -> Text,
        mode -> Text,
        position -> Int2,
        is_active -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        data -> Jsonb,
        user_id -> Nullable<Uuid>,
        user_agent -> Nullable<Text>,
        created_at -> Timestamptz,
        last_seen_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    sign_in_attempts (id) {
        id -> Uuid,
        email_hash -> Text,
        address_hash -> Text,
        succeeded -> Bool,
        at -> Timestamptz,
    }
}

diesel::table! {
    stages (id) {
        id -> Uuid,
        brand_id -> Uuid,
        pipeline_id -> Uuid,
        key -> Text,
        name -> Text,
        kind -> Text,
        step -> Nullable<Int2>,
        position -> Int2,
        days -> Int4,
        template_key -> Nullable<Text>,
        subject_b -> Nullable<Text>,
        probability -> Int2,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    suppression_releases (id) {
        id -> Uuid,
        brand_id -> Uuid,
        email -> Text,
        reason -> Text,
        evidence -> Text,
        message_id -> Nullable<Uuid>,
        released_by -> Nullable<Uuid>,
        at -> Timestamptz,
    }
}

diesel::table! {
    suppressions (id) {
        id -> Uuid,
        brand_id -> Uuid,
        email -> Text,
        reason -> Text,
        evidence -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    template_versions (brand_id, template_key, version) {
        brand_id -> Uuid,
        template_key -> Text,
        version -> Int4,
        source -> Text,
        checksum -> Text,
        note -> Text,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    templates (brand_id, key) {
        brand_id -> Uuid,
        key -> Text,
        family -> Text,
        checksum -> Text,
        updated_at -> Timestamptz,
        version_in_force -> Nullable<Int4>,
    }
}

diesel::table! {
    timetable_marks (job) {
        job -> Text,
        due_at -> Timestamptz,
    }
}

diesel::table! {
    users (id) {
        id -> Uuid,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        time_zone -> Text,
        is_demo -> Bool,
        disabled_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::joinable!(ai_calls -> inbound_messages (inbound_id));
diesel::joinable!(ai_decisions -> deals (deal_id));
diesel::joinable!(ai_decisions -> users (decided_by));
diesel::joinable!(audit_log -> users (user_id));
diesel::joinable!(consents -> contacts (contact_id));
diesel::joinable!(consents -> users (captured_by));
diesel::joinable!(deal_stage_events -> deals (deal_id));
diesel::joinable!(deal_stage_events -> stages (to_stage_id));
diesel::joinable!(deal_stage_events -> users (user_id));
diesel::joinable!(deals -> contacts (contact_id));
diesel::joinable!(deals -> pipelines (pipeline_id));
diesel::joinable!(deals -> stages (stage_id));
diesel::joinable!(deals -> users (owner_id));
diesel::joinable!(email_contents -> email_messages (message_id));
diesel::joinable!(email_events -> email_messages (message_id));
diesel::joinable!(email_messages -> contacts (contact_id));
diesel::joinable!(email_messages -> deals (deal_id));
diesel::joinable!(email_messages -> stages (stage_id));
diesel::joinable!(email_messages -> users (created_by));
diesel::joinable!(import_errors -> imports (import_id));
diesel::joinable!(import_files -> imports (import_id));
diesel::joinable!(imports -> pipelines (pipeline_id));
diesel::joinable!(imports -> users (created_by));
diesel::joinable!(inbound_messages -> contacts (contact_id));
diesel::joinable!(inbound_messages -> deals (deal_id));
diesel::joinable!(inbound_messages -> email_messages (outbound_id));
diesel::joinable!(inbound_messages -> users (reviewed_by));
diesel::joinable!(inbound_reviews -> inbound_messages (inbound_id));
diesel::joinable!(inbound_reviews -> users (reviewed_by));
diesel::joinable!(mailbox_failures -> users (dealt_with_by));
diesel::joinable!(memberships -> users (user_id));
diesel::joinable!(notes -> contacts (contact_id));
diesel::joinable!(notes -> deals (deal_id));
diesel::joinable!(notes -> users (author_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(stages -> pipelines (pipeline_id));

diesel::allow_tables_to_appear_in_same_query!(
    ai_accounts,
    ai_calls,
    ai_decisions,
    audit_log,
    brands,
    consents,
    contacts,
    deal_stage_events,
    deals,
    demo_clock,
    email_attempts,
    email_contents,
    email_event_judgements,
    email_events,
    email_hits,
    email_messages,
    former_recipients,
    import_errors,
    import_files,
    imports,
    inbound_messages,
    inbound_reviews,
    job_runs,
    mail_accounts,
    mail_secrets,
    mailbox_failures,
    mailboxes,
    memberships,
    notes,
    pipelines,
    sessions,
    sign_in_attempts,
    stages,
    suppression_releases,
    suppressions,
    template_versions,
    templates,
    timetable_marks,
    users,
);
