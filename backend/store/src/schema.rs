//! The tables as diesel sees them; one macro call per table, columns in the order of the migrations.

diesel::table! {
    allowed_step (kind, from_stage, to_stage) {
        kind -> Text,
        from_stage -> Text,
        to_stage -> Text,
    }
}

diesel::table! {
    appointment (id) {
        id -> Uuid,
        person_id -> Uuid,
        role -> Text,
        organisation_id -> Uuid,
        office_id -> Nullable<Uuid>,
        starts_at -> Timestamptz,
        ends_at -> Nullable<Timestamptz>,
        approved_by -> Array<Text>,
        version -> Int8,
    }
}

diesel::table! {
    assignment (id) {
        id -> Uuid,
        unit_id -> Nullable<Uuid>,
        organisation_id -> Uuid,
        hsa_id -> Text,
        hsa_key -> Text,
        name -> Text,
        purpose -> Nullable<Text>,
        rights -> Array<Text>,
    }
}

diesel::table! {
    assignment_member (assignment_id, hsa_key) {
        assignment_id -> Uuid,
        hsa_key -> Text,
        post_id -> Nullable<Uuid>,
        starts -> Nullable<Date>,
        last_day -> Nullable<Date>,
    }
}

diesel::table! {
    card (id) {
        id -> Uuid,
        person_id -> Uuid,
        order_id -> Uuid,
        organisation_id -> Uuid,
        product_id -> Uuid,
        office_id -> Uuid,
        ordered_by -> Uuid,
        photographed_by -> Nullable<Uuid>,
        number -> Nullable<Text>,
        product_number -> Nullable<Text>,
        printed_name -> Nullable<Bytea>,
        valid_to -> Nullable<Date>,
        custody -> Text,
        keep_until -> Nullable<Date>,
        stage -> Text,
        since -> Nullable<Timestamptz>,
        reason -> Nullable<Text>,
        version -> Int8,
    }
}

diesel::table! {
    card_order (id) {
        id -> Uuid,
        number -> Text,
        person_id -> Uuid,
        organisation_id -> Uuid,
        product_id -> Uuid,
        office_id -> Uuid,
        method -> Text,
        ordered_by -> Uuid,
        photographed_by -> Nullable<Uuid>,
        photo_id -> Nullable<Uuid>,
        photo_on -> Nullable<Date>,
        submitted_on -> Nullable<Date>,
        recipient -> Bytea,
        replaces -> Nullable<Uuid>,
        card_id -> Nullable<Uuid>,
        delivery_id -> Nullable<Uuid>,
        stage -> Text,
        since -> Timestamptz,
        version -> Int8,
    }
}

diesel::table! {
    authority (name) {
        name -> Text,
        profile -> Nullable<Text>,
        loa -> Nullable<Text>,
        certificate -> Bytea,
        shards -> Int4,
        since -> Timestamptz,
    }
}

diesel::table! {
    card_log_in (ticket_hash) {
        ticket_hash -> Bytea,
        browser_hash -> Bytea,
        portal -> Text,
        certificate_id -> Uuid,
        made_at -> Timestamptz,
    }
}

diesel::table! {
    card_task (id) {
        id -> Uuid,
        card_id -> Uuid,
        person_id -> Uuid,
        kind -> Text,
        owner_id -> Uuid,
        owner_side -> Text,
        owner_loa -> Text,
        language -> Text,
        pair_id -> Nullable<Uuid>,
        text -> Nullable<Bytea>,
        visit_check -> Nullable<Bytea>,
        challenge -> Bytea,
        code_hash -> Nullable<Bytea>,
        token_hash -> Nullable<Bytea>,
        code_until -> Nullable<Timestamptz>,
        secret_hash -> Nullable<Bytea>,
        client -> Nullable<Text>,
        offered_at -> Timestamptz,
        expires_at -> Timestamptz,
        proved_at -> Nullable<Timestamptz>,
        proved_with -> Nullable<Uuid>,
        answers -> Int4,
        cause -> Nullable<Text>,
        stage -> Text,
        since -> Timestamptz,
        version -> Int8,
    }
}

diesel::table! {
    card_task_report (task_id) {
        task_id -> Uuid,
        report -> Jsonb,
        at -> Timestamptz,
    }
}

diesel::table! {
    card_task_step (task_id, step, number) {
        task_id -> Uuid,
        step -> Text,
        number -> Int4,
        at -> Timestamptz,
    }
}

diesel::table! {
    certificate (id) {
        id -> Uuid,
        card_id -> Uuid,
        person_id -> Uuid,
        stage -> Text,
        since -> Timestamptz,
        version -> Int8,
        profile -> Text,
        usage -> Text,
        pair_id -> Uuid,
        loa -> Text,
        not_after -> Date,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    certificate_check (day) {
        day -> Date,
        started_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        runner -> Text,
        lease_until -> Nullable<Timestamptz>,
        examined -> Int8,
        repaired -> Int8,
        findings -> Jsonb,
        error -> Nullable<Text>,
    }
}

diesel::table! {
    crl_shard (authority, shard) {
        authority -> Text,
        shard -> Int4,
        number -> Int8,
        this_update -> Timestamptz,
        next_update -> Timestamptz,
        entries -> Int4,
        der -> Bytea,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    issuance (certificate_id) {
        certificate_id -> Uuid,
        request -> Bytea,
        key_hash -> Bytea,
        authority -> Nullable<Text>,
        serial -> Nullable<Text>,
        shard -> Nullable<Int4>,
        reserved_at -> Nullable<Timestamptz>,
        basis -> Nullable<Bytea>,
        tbs -> Nullable<Bytea>,
        findings -> Nullable<Jsonb>,
        prepared_at -> Nullable<Timestamptz>,
        der -> Nullable<Bytea>,
        signed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    chip_code (id) {
        id -> Uuid,
        card_id -> Uuid,
        person_id -> Uuid,
        name -> Text,
        stage -> Text,
        since -> Timestamptz,
        version -> Int8,
    }
}

diesel::table! {
    client (id) {
        id -> Uuid,
        name -> Text,
        organisation_id -> Uuid,
        functions -> Array<Text>,
        keys -> Jsonb,
        rate_per_minute -> Int4,
        revoked_at -> Nullable<Timestamptz>,
        version -> Int8,
    }
}

diesel::table! {
    client_assertion (client_id, jti_hash) {
        client_id -> Uuid,
        jti_hash -> Bytea,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    client_token (token_hash) {
        token_hash -> Bytea,
        client_id -> Uuid,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    deadline (id) {
        id -> Uuid,
        rule -> Text,
        arithmetic -> Text,
        thing_id -> Uuid,
        person_id -> Uuid,
        base -> Date,
        day -> Date,
        acts_at -> Timestamptz,
        started_by -> Uuid,
        started_at -> Timestamptz,
        stopped_by -> Nullable<Uuid>,
        stopped_at -> Nullable<Timestamptz>,
        organisation_id -> Uuid,
        office_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    delivery (id) {
        id -> Uuid,
        order_id -> Uuid,
        card_id -> Uuid,
        person_id -> Uuid,
        method -> Text,
        forwarded -> Bool,
        rek_id -> Nullable<Text>,
        stage -> Text,
        since -> Timestamptz,
        version -> Int8,
    }
}

diesel::table! {
    ending_stop (id) {
        id -> Uuid,
        import_id -> Uuid,
        organisation_id -> Uuid,
        imported_by -> Nullable<Uuid>,
        stopped_at -> Timestamptz,
        last_day -> Date,
        would_end -> Int8,
        live -> Int8,
        released_by -> Nullable<Uuid>,
        released_at -> Nullable<Timestamptz>,
        reason -> Nullable<Text>,
        ended -> Nullable<Int8>,
        replaced_at -> Nullable<Timestamptz>,
        version -> Int8,
        why -> Text,
    }
}

diesel::table! {
    ending_stop_post (stop_id, post_id) {
        stop_id -> Uuid,
        post_id -> Uuid,
    }
}

diesel::table! {
    feed_upload (id) {
        id -> Uuid,
        at -> Timestamptz,
        by_person -> Uuid,
        file_name -> Text,
        delta -> Bool,
        size -> Int8,
        file_hash -> Nullable<Bytea>,
        report -> Nullable<Bytea>,
        import_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    feed_upload_part (upload_id, place) {
        upload_id -> Uuid,
        place -> Int8,
        content -> Bytea,
    }
}

diesel::table! {
    feed_waiting (hsa_key) {
        hsa_key -> Text,
        kind -> Text,
        since -> Timestamptz,
        entry -> Bytea,
    }
}

diesel::table! {
    former_number (number_index) {
        number_index -> Bytea,
        person_id -> Uuid,
        until -> Timestamptz,
        number -> Bytea,
    }
}

diesel::table! {
    identity_proposal (id) {
        id -> Uuid,
        kind -> Text,
        person_id -> Uuid,
        organisation_id -> Uuid,
        hsa_key -> Text,
        number_index -> Bytea,
        proposed_at -> Timestamptz,
        entry -> Bytea,
        first_by -> Nullable<Uuid>,
        first_at -> Nullable<Timestamptz>,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        decision -> Nullable<Text>,
        version -> Int8,
    }
}

diesel::table! {
    idempotency (actor, key) {
        actor -> Text,
        key -> Uuid,
        body_hash -> Bytea,
        outcome -> Nullable<Jsonb>,
        at -> Timestamptz,
    }
}

diesel::table! {
    import_run (id) {
        id -> Uuid,
        at -> Timestamptz,
        file_name -> Text,
        file_hash -> Bytea,
        report -> Jsonb,
        delta -> Bool,
        by_person -> Nullable<Uuid>,
    }
}

diesel::table! {
    journal (at, id) {
        id -> Int8,
        xid -> Int8,
        line_id -> Uuid,
        at -> Timestamptz,
        schema_version -> Int4,
        channel -> Text,
        actor_kind -> Text,
        actor_person -> Nullable<Uuid>,
        actor_client -> Nullable<Uuid>,
        actor_system -> Nullable<Text>,
        office_id -> Nullable<Uuid>,
        kind -> Text,
        action -> Text,
        subject_id -> Nullable<Uuid>,
        person_id -> Nullable<Uuid>,
        organisation_id -> Nullable<Uuid>,
        from_stage -> Nullable<Text>,
        to_stage -> Nullable<Text>,
        outcome -> Text,
        event -> Nullable<Jsonb>,
        sealed -> Nullable<Bytea>,
        salt -> Nullable<Bytea>,
        commitment -> Bytea,
        leaf_hash -> Bytea,
        correlation -> Text,
        caused_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    login_attempt (state_hash) {
        state_hash -> Bytea,
        portal -> Text,
        nonce -> Text,
        pkce_verifier -> Text,
        return_to -> Text,
        signature_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    name_key (organisation_id, first, second, person_id) {
        organisation_id -> Uuid,
        first -> Text,
        second -> Text,
        first_sound -> Text,
        second_sound -> Text,
        person_id -> Uuid,
    }
}

diesel::table! {
    nightly_run (day) {
        day -> Date,
        started_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        runner -> Text,
        lease_until -> Nullable<Timestamptz>,
        counts -> Jsonb,
        error -> Nullable<Text>,
    }
}

diesel::table! {
    office (id) {
        id -> Uuid,
        organisation_id -> Uuid,
        name -> Text,
        address -> Text,
        floor -> Nullable<Text>,
        phone -> Nullable<Text>,
        hours -> Jsonb,
        services -> Array<Text>,
        closed_on -> Nullable<Date>,
        opens_on -> Nullable<Date>,
        successor_id -> Nullable<Uuid>,
        version -> Int8,
    }
}

diesel::table! {
    organisation (id) {
        id -> Uuid,
        hsa_id -> Text,
        hsa_key -> Text,
        name -> Text,
        number -> Nullable<Text>,
        owner_kind -> Nullable<Text>,
        mail -> Nullable<Text>,
        phone -> Nullable<Text>,
        starts -> Nullable<Date>,
        last_day -> Nullable<Date>,
        archived -> Bool,
        issuer_id -> Uuid,
        activation_place -> Text,
        prerequisites_missing -> Bool,
        routine_sv -> Nullable<Text>,
        routine_en -> Nullable<Text>,
        contact_name -> Nullable<Text>,
        contact_phone -> Nullable<Text>,
        contact_mail -> Nullable<Text>,
        version -> Int8,
    }
}

diesel::table! {
    outbox (id) {
        id -> Uuid,
        topic -> Text,
        payload -> Jsonb,
        line_id -> Uuid,
        created_at -> Timestamptz,
        available_at -> Timestamptz,
        lease_until -> Nullable<Timestamptz>,
        attempts -> Int4,
        last_error -> Nullable<Text>,
        done_at -> Nullable<Timestamptz>,
        dead_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    person (id) {
        id -> Uuid,
        number_kind -> Text,
        number_index -> Bytea,
        number -> Nullable<Text>,
        given_name -> Nullable<Text>,
        middle_name -> Nullable<Text>,
        surname -> Nullable<Text>,
        surname_key -> Nullable<Text>,
        mail -> Nullable<Text>,
        protection -> Text,
        sealed -> Nullable<Bytea>,
        test_person -> Bool,
        language -> Text,
    }
}

diesel::table! {
    photo (id) {
        id -> Uuid,
        person_id -> Uuid,
        order_id -> Uuid,
        office_id -> Uuid,
        taken_by -> Uuid,
        taken_on -> Date,
        source -> Text,
        stage -> Text,
        since -> Timestamptz,
        version -> Int8,
    }
}

diesel::table! {
    photo_picture (photo_id) {
        photo_id -> Uuid,
        jpeg -> Bytea,
        thumbnail -> Bytea,
    }
}

diesel::table! {
    post (id) {
        id -> Uuid,
        person_id -> Uuid,
        organisation_id -> Uuid,
        unit_id -> Nullable<Uuid>,
        hsa_id -> Text,
        hsa_key -> Text,
        title -> Nullable<Text>,
        licences -> Array<Text>,
        specialities -> Array<Text>,
        speciality_codes -> Array<Text>,
        prescriber_code -> Nullable<Text>,
        group_prescriber_code -> Nullable<Text>,
        phone -> Nullable<Text>,
        mobile -> Nullable<Text>,
        mifare -> Nullable<Text>,
        system_roles -> Array<Text>,
        starts -> Nullable<Date>,
        last_day -> Nullable<Date>,
        position_code -> Nullable<Text>,
    }
}

diesel::table! {
    product (id) {
        id -> Uuid,
        number -> Nullable<Text>,
        name -> Text,
        sis_marked -> Bool,
        has_photo -> Bool,
        validity_months -> Int4,
        pin_min -> Int2,
        pin_max -> Int2,
        code_delivery -> Text,
        orderable -> Bool,
        version -> Int8,
    }
}

diesel::table! {
    puk_letter (id) {
        id -> Uuid,
        card_id -> Uuid,
        person_id -> Uuid,
        reason -> Text,
        requested_by -> Uuid,
        stage -> Text,
        since -> Timestamptz,
        version -> Int8,
    }
}

diesel::table! {
    receipt (id) {
        id -> Uuid,
        card_id -> Uuid,
        person_id -> Uuid,
        terms_version -> Text,
        signature -> Nullable<Jsonb>,
        stage -> Text,
        since -> Timestamptz,
        version -> Int8,
    }
}

diesel::table! {
    register_answer (person_id) {
        person_id -> Uuid,
        answered_at -> Timestamptz,
        has_address -> Bool,
        deceased -> Bool,
        sealed -> Bytea,
    }
}

diesel::table! {
    revocation (id) {
        id -> Uuid,
        card_id -> Uuid,
        person_id -> Uuid,
        organisation_id -> Uuid,
        reason -> Text,
        reporter -> Text,
        steps -> Jsonb,
        reported_at -> Timestamptz,
        executed_at -> Nullable<Timestamptz>,
        stage -> Text,
        since -> Timestamptz,
        version -> Int8,
    }
}

diesel::table! {
    safety_stop (id) {
        id -> Uuid,
        day -> Date,
        organisation_id -> Nullable<Uuid>,
        judged_in -> Uuid,
        counts -> Jsonb,
        count -> Int8,
        live -> Int8,
        until -> Nullable<Timestamptz>,
        stopped_at -> Nullable<Timestamptz>,
        released_by -> Nullable<Uuid>,
        released_at -> Nullable<Timestamptz>,
        reason -> Nullable<Text>,
        lease_until -> Nullable<Timestamptz>,
        done_at -> Nullable<Timestamptz>,
        version -> Int8,
    }
}

diesel::table! {
    session (token_hash) {
        token_hash -> Bytea,
        portal -> Text,
        person_id -> Uuid,
        loa -> Text,
        csrf_key -> Bytea,
        created_at -> Timestamptz,
        seen_at -> Timestamptz,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        id_token -> Bytea,
    }
}

diesel::table! {
    signature (id) {
        id -> Uuid,
        person_id -> Uuid,
        portal -> Text,
        purpose -> Text,
        text_hash -> Text,
        sealed -> Bytea,
        requested_at -> Timestamptz,
        signed_at -> Nullable<Timestamptz>,
        used_at -> Nullable<Timestamptz>,
        evidence -> Nullable<Bytea>,
    }
}

diesel::table! {
    unit (id) {
        id -> Uuid,
        organisation_id -> Uuid,
        parent_id -> Nullable<Uuid>,
        hsa_id -> Text,
        hsa_key -> Text,
        name -> Text,
        workplace_code -> Nullable<Text>,
        mail -> Nullable<Text>,
        phone -> Nullable<Text>,
        address -> Nullable<Text>,
        postcode -> Nullable<Text>,
        city -> Nullable<Text>,
        starts -> Nullable<Date>,
        last_day -> Nullable<Date>,
        archived -> Bool,
    }
}

diesel::table! {
    worker (name) {
        name -> Text,
        seen_at -> Timestamptz,
        note -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    allowed_step,
    appointment,
    assignment,
    assignment_member,
    authority,
    card,
    card_log_in,
    card_order,
    card_task,
    card_task_report,
    card_task_step,
    certificate,
    certificate_check,
    chip_code,
    client,
    client_assertion,
    client_token,
    crl_shard,
    deadline,
    delivery,
    ending_stop,
    ending_stop_post,
    feed_upload,
    feed_upload_part,
    feed_waiting,
    former_number,
    idempotency,
    identity_proposal,
    import_run,
    issuance,
    journal,
    login_attempt,
    name_key,
    nightly_run,
    office,
    organisation,
    outbox,
    person,
    photo,
    photo_picture,
    post,
    product,
    puk_letter,
    receipt,
    register_answer,
    revocation,
    safety_stop,
    session,
    signature,
    unit,
    worker,
);
