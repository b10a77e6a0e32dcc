// Made by npm run client from the service's OpenAPI document.

export interface paths {
    "/v1/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listExperiments"];
        put?: never;
        post: operations["createExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["showExperiment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["changeExperiment"];
        trace?: never;
    };
    "/v1/experiments/{key}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listDecisions"];
        put?: never;
        post: operations["recordDecision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{key}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["streamLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{key}/plan-change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["planExperimentChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{key}/preflight": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["showPreflight"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{key}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["showReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{key}/share-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listShareLinks"];
        put?: never;
        post: operations["shareReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{key}:start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["startExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{key}:pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["pauseExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{key}:resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["resumeExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{key}:stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["stopExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{key}:archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["archiveExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["showEnvironment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["changeEnvironment"];
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["explainQuery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listFlags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flags/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["showFlag"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["changeFlag"];
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listKeys"];
        put?: never;
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/layers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listLayers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["showLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["showMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete: operations["endSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listMetrics"];
        put?: never;
        post: operations["createMetric"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/metrics/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["changeMetric"];
        trace?: never;
    };
    "/v1/metrics/{key}/sensitivity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["showSensitivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portfolio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["showPortfolio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listPeople"];
        put?: never;
        post: operations["invitePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{email}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["changePerson"];
        trace?: never;
    };
    "/v1/people/{email}:reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["resetPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listQuarantined"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quarantine/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["replayQuarantined"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["showRetention"];
        put: operations["changeRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sample-size": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["sizeUpExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listSegments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/segments/{key}/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["showSegmentCount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/segment-counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["countCondition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sensitivity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listSensitivities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/share-links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["takeBackShareLink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listViews"];
        put?: never;
        post: operations["putView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/views/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["deleteView"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Adjustment: {
            status: string;
            slope: components["schemas"]["Figure"];
            correlation: components["schemas"]["Figure"];
            variance_reduction: components["schemas"]["Figure"];
            without_history: components["schemas"]["Pair"];
            mean: components["schemas"]["Pair"];
            unadjusted: {
                absolute: components["schemas"]["Interval"];
                relative: components["schemas"]["Interval"];
                p: components["schemas"]["Figure"];
            };
        };
        ApiKey: {
            id: string;
            kind: components["schemas"]["KeyKind"];
            name: string;
            created: components["schemas"]["Time"];
            revoked?: components["schemas"]["Time"];
        };
        ApiKeyList: {
            items: components["schemas"]["ApiKey"][];
            next?: components["schemas"]["Cursor"];
        };
        AskedCondition: {
            attribute?: string;
            flag?: string;
            variant?: string;
            segment?: string;
            operator: string;
            value: unknown;
            held: boolean;
            inside?: string;
        };
        /** @enum {string} */
        Aspect: "value" | "occurrence";
        Capping: {
            percentile: number;
            value: components["schemas"]["Figure"];
            units: components["schemas"]["Pair"];
            uncapped: {
                absolute: components["schemas"]["Interval"];
                relative: components["schemas"]["Interval"];
                p: components["schemas"]["Figure"];
            };
        };
        Change: {
            seq: number;
            at: components["schemas"]["Time"];
            actor: string;
            reason: string;
            entity: string;
            key: string;
            version: components["schemas"]["Version"];
            document: {
                [key: string]: unknown;
            };
        };
        ChangeList: {
            items: components["schemas"]["Change"][];
            next?: components["schemas"]["Cursor"];
        };
        Check: {
            code: string;
            /** @enum {string} */
            level: "ok" | "warn" | "block";
            metric?: string;
            value: components["schemas"]["Figure"];
            limit: components["schemas"]["Figure"];
            status: string;
            variant?: string;
            attribute?: string;
            slice?: string;
            figures: {
                [key: string]: components["schemas"]["Figure"];
            };
            units: {
                id: string;
                variant: string;
                value: number;
            }[];
        };
        Condition: [
            string,
            "is" | "in" | "lt" | "le" | "gt" | "ge" | "contains" | "starts" | "ends" | "matches" | "before" | "after" | "version_lt" | "version_ge" | "cidr" | "exists",
            string | number | boolean | unknown[]
        ] | {
            all: components["schemas"]["Condition"][];
        } | {
            any: components["schemas"]["Condition"][];
        } | {
            not: components["schemas"]["Condition"];
        } | {
            segment: components["schemas"]["Key"];
        } | {
            flag: unknown[];
        } | {
            variant: unknown[];
        } | {
            growthbook: Record<string, never>;
        };
        Corrections: {
            /** @enum {string} */
            goals?: "holm" | "dunnett";
            /** @enum {string} */
            secondaries?: "benjamini_hochberg" | "e_benjamini_hochberg";
        };
        Count: number;
        CountedCondition: {
            when: components["schemas"]["Condition"];
        };
        Counts: {
            units: components["schemas"]["Count"];
            exposures: components["schemas"]["Count"];
            repeated_exposures: components["schemas"]["Count"];
            crossover_units: components["schemas"]["Count"];
            contradictions: components["schemas"]["Count"];
            unattributed: components["schemas"]["Count"];
            variants: {
                variant: components["schemas"]["Key"];
                units: components["schemas"]["Count"];
                crossover: components["schemas"]["Count"];
                analysed: components["schemas"]["Count"];
            }[];
        };
        Covariate: {
            look_back: components["schemas"]["Duration"];
        };
        Cursor: string;
        Data: {
            [key: string]: unknown;
        };
        Decision: {
            number: number;
            at: components["schemas"]["Time"];
            by: string;
            reason: string;
            action: components["schemas"]["DecisionAction"];
            variant: components["schemas"]["Key"] | null;
            advice: {
                code: string;
                variant: components["schemas"]["Key"] | null;
                headline: string;
            };
            against: boolean;
            results: string;
        };
        /** @enum {string} */
        DecisionAction: "ship" | "roll_back" | "extend" | "stop";
        DecisionList: {
            items: components["schemas"]["Decision"][];
        };
        Dialect: {
            start: unknown[] | null;
            steps: Record<string, never>[];
            variants: string[];
        };
        Duration: string;
        Email: string;
        Environment: {
            project: components["schemas"]["Key"];
            key: components["schemas"]["Key"];
            version: number;
            time_zone: string;
            currency: string | null;
            population: number | null;
        };
        EnvironmentChange: {
            project?: components["schemas"]["Key"];
            key?: components["schemas"]["Key"];
            version?: number;
            time_zone?: string;
            currency?: string | null;
            population?: number | null;
        };
        Evaluation: {
            flag: string;
            value: unknown;
            variant: string | null;
            experiment: string | null;
            /** @enum {string} */
            reason: "STATIC" | "DEFAULT" | "TARGETING_MATCH" | "SPLIT" | "DISABLED" | "ERROR";
            cause: string;
            error?: string;
            config_version: number;
            config_age_ms: number;
            /** @enum {string} */
            exposure: "none" | "queued" | "repeat" | "dropped";
        };
        Event: {
            id?: string;
            /** @enum {string} */
            type: "exposure" | "event" | "link" | "traits";
            unit: components["schemas"]["Unit"];
            ts: components["schemas"]["Time"];
            name?: components["schemas"]["EventName"];
            value?: number;
            properties?: components["schemas"]["Data"];
            attributes?: components["schemas"]["Data"];
            experiment?: components["schemas"]["Key"];
            variant?: components["schemas"]["Key"];
            config_version?: number;
            to?: components["schemas"]["Unit"];
            channel?: string;
            touchpoint?: string;
        };
        EventFilter: [
            string,
            "is" | "in" | "lt" | "le" | "gt" | "ge" | "exists",
            string | number | boolean | unknown[]
        ][];
        EventName: string;
        Expectations: {
            [key: string]: {
                [key: string]: unknown;
            };
        };
        Experiment: {
            key: components["schemas"]["Key"];
            version: components["schemas"]["Version"];
            name: string;
            hypothesis: string;
            owner: string;
            state: components["schemas"]["ExperimentState"];
            tags: string[];
            unit_type: components["schemas"]["Key"];
            layer?: components["schemas"]["Key"];
            scheme: components["schemas"]["Scheme"];
            salt: string;
            enrolling?: boolean;
            sticky?: components["schemas"]["StickyRules"];
            fallback_unit_type?: components["schemas"]["Key"];
            dialect?: components["schemas"]["Dialect"];
            source_key?: string;
            overrides?: components["schemas"]["Overrides"];
            coverage: number;
            when?: components["schemas"]["Condition"];
            variants: components["schemas"]["Variant"][];
            phases: components["schemas"]["Phase"][];
            exposure: components["schemas"]["ExposureRule"];
            expects: components["schemas"]["Expectations"];
            plan: components["schemas"]["Plan"];
            schedule?: components["schemas"]["Schedule"];
        };
        ExperimentChange: {
            key?: components["schemas"]["Key"];
            version?: components["schemas"]["Version"];
            name?: string;
            hypothesis?: string;
            owner?: string;
            state?: components["schemas"]["ExperimentState"];
            tags?: string[];
            unit_type?: components["schemas"]["Key"];
            layer?: string | null;
            scheme?: components["schemas"]["Scheme"];
            salt?: string;
            enrolling?: boolean;
            sticky?: components["schemas"]["Sticky"];
            fallback_unit_type?: components["schemas"]["Key"] | null;
            dialect?: components["schemas"]["Dialect"] | null;
            source_key?: string;
            overrides?: components["schemas"]["Overrides"];
            coverage?: components["schemas"]["Share"];
            when?: components["schemas"]["Condition"] | null;
            variants?: components["schemas"]["VariantChange"][];
            phases?: components["schemas"]["Phase"][];
            exposure?: components["schemas"]["ExposureRule"];
            expects?: components["schemas"]["Expectations"];
            plan?: components["schemas"]["Plan"];
            schedule?: components["schemas"]["Schedule"] | null;
        };
        ExperimentList: {
            items: components["schemas"]["Experiment"][];
            next?: components["schemas"]["Cursor"];
        };
        /** @enum {string} */
        ExperimentState: "draft" | "running" | "paused" | "stopped" | "archived";
        Explanation: {
            flag: string;
            value: unknown;
            variant: string | null;
            experiment: string | null;
            reason: components["schemas"]["Evaluation"]["reason"];
            cause: string;
            error?: string;
            config_version: number;
            missing: string[];
            rules: {
                rule: number;
                cause: string;
                experiment?: components["schemas"]["Key"];
                phase?: number;
                layer?: components["schemas"]["Key"];
                unit?: components["schemas"]["TypedUnit"];
                met?: {
                    unit: components["schemas"]["TypedUnit"];
                    belongs: boolean;
                    variant: components["schemas"]["Key"];
                    /** @enum {string} */
                    outcome: "kept" | "blocked" | "condition";
                };
                conditions: components["schemas"]["AskedCondition"][];
                draws: components["schemas"]["MadeDraw"][];
                steps?: {
                    step: number;
                    drawn: number;
                }[];
            }[];
        };
        ExposureRule: ("evaluate" | "client") | {
            event: components["schemas"]["Key"];
            filter?: components["schemas"]["Condition"];
        };
        Fault: {
            pointer: string;
            detail: string;
            hint?: string;
        };
        Figure: number | null;
        Flag: {
            key: components["schemas"]["Key"];
            version: components["schemas"]["Version"];
            archived: boolean;
            name: string;
            description: string;
            type: components["schemas"]["FlagType"];
            off_value: unknown;
            default: unknown;
            enabled: boolean;
            variants?: components["schemas"]["FlagVariants"];
            metadata?: components["schemas"]["FlagMetadata"];
            schema?: components["schemas"]["ValueSchema"];
            rules: components["schemas"]["FlagRule"][];
        };
        FlagChange: {
            key?: components["schemas"]["Key"];
            version?: components["schemas"]["Version"];
            archived?: boolean;
            name?: string;
            description?: string;
            type?: components["schemas"]["FlagType"];
            off_value?: unknown;
            default?: unknown;
            enabled?: boolean;
            variants?: components["schemas"]["FlagVariants"];
            metadata?: components["schemas"]["FlagMetadata"];
            schema?: components["schemas"]["ValueSchema"] | null;
            rules?: components["schemas"]["FlagRule"][];
        };
        FlagList: {
            items: components["schemas"]["Flag"][];
            next?: components["schemas"]["Cursor"];
        };
        FlagMetadata: {
            [key: string]: boolean | number | string;
        };
        FlagRule: {
            when?: components["schemas"]["Condition"] | null;
            give?: unknown;
            experiment?: components["schemas"]["Key"];
            rollout?: {
                unit?: components["schemas"]["Key"];
                salt?: string;
                share?: components["schemas"]["Share"];
                slots?: components["schemas"]["Slots"];
                dialect?: components["schemas"]["Dialect"];
            };
        };
        /** @enum {string} */
        FlagType: "bool" | "int" | "float" | "string" | "json";
        FlagVariants: {
            [key: string]: unknown;
        };
        FunnelStep: {
            event: components["schemas"]["EventName"];
            filter?: components["schemas"]["EventFilter"];
        };
        Horizon: {
            units?: number | null;
            ends_at?: components["schemas"]["Time"] | null;
        };
        Interval: {
            estimate: components["schemas"]["Figure"];
            low: components["schemas"]["Figure"];
            high: components["schemas"]["Figure"];
            status: string;
        };
        IssuedKey: {
            key: string;
            id: string;
            kind: components["schemas"]["KeyKind"];
            name: string;
        };
        /** @enum {string} */
        JourneyStage: "awareness" | "consideration" | "purchase" | "post_purchase";
        JudgedPlan: {
            frozen_at: components["schemas"]["Time"] | null;
            alpha: number;
            method: components["schemas"]["Method"];
            horizon: components["schemas"]["Horizon"];
            tick?: components["schemas"]["Duration"];
            /** @enum {string} */
            crossover: "exclude" | "first";
            corrections?: components["schemas"]["Corrections"];
            smallest_effect?: number;
            segments?: components["schemas"]["PlannedSegment"][];
            variants: {
                key: components["schemas"]["Key"];
                weight: number;
                control: boolean;
            }[];
            metrics: {
                metric: components["schemas"]["Key"];
                version: number;
                kind: components["schemas"]["MetricKind"];
                role: string;
                direction: string;
                unit: string;
                margin?: number;
                score?: components["schemas"]["Score"];
                covariate?: components["schemas"]["Covariate"];
                quantile?: number;
                steps?: string[];
                words?: string;
                formula?: string;
            }[];
        };
        Key: string;
        /** @enum {string} */
        KeyKind: "client" | "sdk" | "server" | "admin";
        Layer: {
            key: components["schemas"]["Key"];
            version: components["schemas"]["Version"];
            archived: boolean;
            name: string;
            salt: string;
            holdout: components["schemas"]["Slots"];
        };
        LayerList: {
            items: components["schemas"]["Layer"][];
            next?: components["schemas"]["Cursor"];
        };
        Ledger: {
            total: components["schemas"]["LedgerCounts"];
            window: components["schemas"]["LedgerCounts"];
            items: components["schemas"]["LedgerLine"][];
        };
        LedgerCounts: {
            sent: components["schemas"]["Count"];
            stored: components["schemas"]["Count"];
            duplicate: components["schemas"]["Count"];
            conflict: components["schemas"]["Count"];
            quarantined: components["schemas"]["Count"];
            refused: components["schemas"]["Count"];
        };
        LedgerLine: {
            hour: components["schemas"]["Time"];
            key: string | null;
            experiment: string | null;
            sent: components["schemas"]["Count"];
            stored: components["schemas"]["Count"];
            duplicate: components["schemas"]["Count"];
            conflict: components["schemas"]["Count"];
            quarantined: components["schemas"]["Count"];
            refused: components["schemas"]["Count"];
        };
        Lift: {
            estimate: number;
            low: number;
            high: number;
        };
        LiftOrNone: components["schemas"]["Lift"] | null;
        LiveState: {
            experiment: components["schemas"]["Key"];
            state: components["schemas"]["ExperimentState"];
            version: components["schemas"]["Version"];
            results: string;
            data_until: components["schemas"]["Time"] | null;
            verdict: {
                code: string;
                headline: string;
                sentence: string;
            };
            units: number;
            variants: {
                variant: components["schemas"]["Key"];
                units: number;
            }[];
            split?: {
                /** @enum {string} */
                level: "ok" | "warn" | "block";
                p: number | null;
                limit: number | null;
            };
            days_left: number | null;
            ledger: {
                stored: number;
                duplicate: number;
                quarantined: number;
                refused: number;
                unattributed: number;
            };
            at: components["schemas"]["Time"];
            lag_seconds: number | null;
        };
        Lookback: null | {
            made_at: components["schemas"]["Time"];
            from: components["schemas"]["Time"];
            until: components["schemas"]["Time"];
            unit_type: components["schemas"]["Key"];
            share: number;
            events: number;
            units: number;
            units_per_day: {
                mean: components["schemas"]["Figure"];
                slowest: components["schemas"]["Figure"];
                fastest: components["schemas"]["Figure"];
            };
        };
        /** @enum {string} */
        LookbackStatus: "ready" | "computing" | "failed";
        /** @enum {string} */
        LostBy: "event" | "inactivity";
        MadeDraw: {
            /** @enum {string} */
            for: "layer_holdout" | "layer" | "holdout" | "variant" | "rollout";
            under?: string;
            slot: number;
            range: number[] | null;
        };
        Me: {
            email: components["schemas"]["Email"];
            name: string;
            role: components["schemas"]["Role"];
            session: components["schemas"]["SessionId"];
        };
        Method: {
            /** @enum {string} */
            id: "always-valid" | "fixed-horizon" | "strict";
            version?: number;
            parameters?: {
                deviations?: {
                    [key: string]: number;
                };
            };
        };
        Metric: {
            key: components["schemas"]["Key"];
            version: components["schemas"]["Version"];
            name: string;
            kind: components["schemas"]["MetricKind"];
            event: components["schemas"]["MetricEventName"];
            property?: string;
            decimals: number;
            window: components["schemas"]["Window"];
            /** @enum {string} */
            direction: "increase" | "decrease";
            unit: string;
            stage?: components["schemas"]["JourneyStage"];
            filter?: components["schemas"]["EventFilter"];
            score?: components["schemas"]["Score"];
            cap?: number | components["schemas"]["PooledCap"];
            lost_by?: components["schemas"]["LostBy"];
            of?: components["schemas"]["Aspect"];
            denominator?: components["schemas"]["MetricEvent"];
            then?: components["schemas"]["FunnelStep"][];
            less?: components["schemas"]["MetricEvent"];
            covariate?: components["schemas"]["Covariate"];
            quantile?: number;
        };
        MetricChange: {
            key?: components["schemas"]["Key"];
            version?: components["schemas"]["Version"];
            name?: string;
            kind?: components["schemas"]["MetricKind"];
            event?: components["schemas"]["MetricEventName"];
            property?: string | null;
            decimals?: number;
            window?: components["schemas"]["Window"];
            /** @enum {string} */
            direction?: "increase" | "decrease";
            unit?: string;
            stage?: components["schemas"]["JourneyStage"] | null;
            filter?: components["schemas"]["EventFilter"];
            score?: components["schemas"]["Score"] | null;
            cap?: number | components["schemas"]["PooledCap"] | null;
            lost_by?: components["schemas"]["LostBy"];
            of?: components["schemas"]["Aspect"];
            denominator?: components["schemas"]["MetricEvent"];
            then?: components["schemas"]["FunnelStep"][];
            less?: components["schemas"]["MetricEvent"] | null;
            covariate?: components["schemas"]["Covariate"] | null;
            quantile?: number | null;
        };
        MetricEvent: {
            event: components["schemas"]["EventName"];
            property?: string | null;
            of?: components["schemas"]["Aspect"];
            filter?: components["schemas"]["EventFilter"];
        };
        MetricEventName: components["schemas"]["EventName"] | "*";
        /** @enum {string} */
        MetricKind: "proportion" | "count" | "sum" | "mean" | "score" | "retention" | "churn" | "ratio" | "funnel" | "duration" | "first_value" | "last_value" | "lifetime_value" | "quantile";
        MetricList: {
            items: components["schemas"]["Metric"][];
            next?: components["schemas"]["Cursor"];
        };
        Move: {
            at?: components["schemas"]["Time"] | null;
            reason?: string;
        };
        NewApiKey: {
            kind: components["schemas"]["KeyKind"];
            name?: string;
        };
        NewDecision: {
            action: components["schemas"]["DecisionAction"];
            variant?: components["schemas"]["Key"];
            reason?: string;
        };
        NewExperiment: components["schemas"]["ExperimentChange"];
        NewMetric: components["schemas"]["MetricChange"];
        NewPerson: {
            email: components["schemas"]["Email"];
            name?: string;
            role?: components["schemas"]["Role"];
        };
        NewShareLink: {
            expires_in?: components["schemas"]["Duration"] | null;
        };
        NewView: {
            key: components["schemas"]["Key"];
            name: string;
            page?: components["schemas"]["Key"];
            query: string;
            shared?: boolean;
        };
        Overrides: {
            when: components["schemas"]["Condition"];
            variant: components["schemas"]["Key"];
        }[];
        Pair: components["schemas"]["Figure"][];
        PairOfCounts: number[][];
        PartOfRatio: {
            mean: number;
            deviation: number;
        };
        Password: string;
        PasswordChange: {
            old_password: string;
            password: components["schemas"]["Password"];
        };
        Person: {
            email: components["schemas"]["Email"];
            name: string;
            role: components["schemas"]["Role"];
            /** @enum {string} */
            state: "invited" | "active" | "disabled";
            created: components["schemas"]["Time"];
        };
        PersonChange: {
            name?: components["schemas"]["PersonName"];
            role?: components["schemas"]["Role"];
            disabled?: boolean;
        };
        PersonLink: {
            email: components["schemas"]["Email"];
            name: string;
            role: components["schemas"]["Role"];
            /** @enum {string} */
            state: "invited" | "active";
            created: components["schemas"]["Time"];
            path: string;
            expires_at: components["schemas"]["Time"];
        };
        PersonList: {
            items: components["schemas"]["Person"][];
        };
        PersonName: string;
        Phase: {
            number: number;
            started_at: components["schemas"]["Time"];
            ended_at?: components["schemas"]["Time"];
            enrolling: boolean;
            sticky_version?: number;
            entry: components["schemas"]["Slots"];
            slots: components["schemas"]["VariantSlots"];
            weights: number[];
        };
        Plan: {
            frozen_at?: components["schemas"]["Time"];
            metrics?: components["schemas"]["PlanMetric"][];
            alpha?: number;
            method?: components["schemas"]["Method"];
            horizon?: components["schemas"]["Horizon"];
            tick?: components["schemas"]["Duration"] | null;
            smallest_effect?: number | null;
            /** @enum {string} */
            crossover?: "exclude" | "first";
            corrections?: components["schemas"]["Corrections"];
            segments?: components["schemas"]["PlannedSegment"][];
        };
        PlanMetric: {
            metric: components["schemas"]["Key"];
            version?: number;
            /** @enum {string} */
            role?: "goal" | "secondary" | "guardrail";
            margin?: number | null;
        };
        PlannedChange: {
            experiment: components["schemas"]["Key"];
            exposed: number;
            moved: number;
            leaving: number;
            phase: number | null;
        };
        PlannedSegment: {
            name: string;
            attribute: string;
            value: string | number | boolean;
        };
        PooledCap: {
            percentile: number;
            ignore_zeros?: boolean;
        };
        Portfolio: {
            experiments: number;
            running: number;
            ended: number;
            per_month: number | null;
            months: {
                month: string;
                started: number;
                ended: number;
            }[];
            verdicts: {
                verdict: string;
                experiments: number;
            }[];
            judged: number;
            wins: number;
            win_rate: components["schemas"]["LiftOrNone"];
            prior: {
                status: string;
                effects: number;
                mean: components["schemas"]["LiftOrNone"];
                spread: number | null;
            };
            shipped: {
                metric: components["schemas"]["Key"];
                experiments: number;
                raw: components["schemas"]["Lift"];
                shrunken: components["schemas"]["LiftOrNone"];
            }[];
            effects: {
                experiment: components["schemas"]["Key"];
                name: string;
                metric: components["schemas"]["Key"];
                variant: components["schemas"]["Key"];
                shipped: boolean;
                raw: components["schemas"]["Lift"];
                shrunken: components["schemas"]["LiftOrNone"];
                kept: number | null;
            }[];
            left_out: {
                experiment: components["schemas"]["Key"];
                name: string;
                reason: string;
            }[];
            explanation: string;
        };
        Preflight: {
            experiment: components["schemas"]["Key"];
            version: components["schemas"]["Version"];
            level: components["schemas"]["PreflightCheck"]["level"];
            checks: components["schemas"]["PreflightCheck"][];
        };
        PreflightCheck: {
            check: string;
            /** @enum {string} */
            level: "ok" | "warn" | "block";
            code: string;
            detail: string;
            hint?: string;
            pointer?: string;
        };
        Problem: {
            /** @enum {string} */
            type: "/problems/invalid" | "/problems/not-found" | "/problems/conflict" | "/problems/precondition" | "/problems/unauthorized" | "/problems/forbidden" | "/problems/too-large" | "/problems/unsupported-media" | "/problems/too-many-requests" | "/problems/unavailable" | "/problems/internal";
            title: string;
            status: number;
            detail: string;
            errors?: components["schemas"]["Fault"][];
            request_id?: string;
        };
        Quantiles: {
            which: number;
            events: components["schemas"]["Pair"];
            above: components["schemas"]["Pair"];
            design_effect: components["schemas"]["Pair"];
            control: components["schemas"]["Interval"];
            treatment: components["schemas"]["Interval"];
        };
        Quarantined: {
            id: number;
            /** @constant */
            reason: "too_far_ahead";
            detail: string;
            hint: string;
            storable_from: components["schemas"]["Time"];
            te: components["schemas"]["Time"];
            received: components["schemas"]["Time"];
            event: Record<string, never>;
        };
        QuarantinedList: {
            items: components["schemas"]["Quarantined"][];
            next?: string;
        };
        Remaining: {
            metric: components["schemas"]["Key"];
            variant: components["schemas"]["Key"];
            power: number;
            units_per_day: number | null;
            smallest: components["schemas"]["UnitsAhead"] | null;
            seen: components["schemas"]["UnitsAhead"] | null;
            soonest: components["schemas"]["UnitsAhead"] | null;
            latest: components["schemas"]["UnitsAhead"] | null;
        };
        Replay: {
            ids?: number[];
            earlier?: string;
        };
        Replayed: {
            stored: components["schemas"]["Count"];
            duplicate: components["schemas"]["Count"];
            quarantined: components["schemas"]["Count"];
            items: {
                id: number;
                /** @enum {string} */
                verdict: "stored" | "duplicate" | "quarantined" | "refused";
            }[];
        };
        Report: {
            /** @constant */
            format: 1;
            experiment: components["schemas"]["Key"];
            as_of: components["schemas"]["Time"] | null;
            until: components["schemas"]["Time"] | null;
            data_until: components["schemas"]["Time"] | null;
            config_version: number;
            plan: components["schemas"]["JudgedPlan"];
            verdict: components["schemas"]["Verdict"];
            checks: components["schemas"]["Check"][];
            results: components["schemas"]["Row"][];
            segments: components["schemas"]["Slice"][];
            series: components["schemas"]["Slice"][];
            trust: components["schemas"]["Check"][];
            counts: components["schemas"]["Counts"];
            remaining: components["schemas"]["Remaining"] | null;
            ledger: {
                sent: components["schemas"]["Count"];
                stored: components["schemas"]["Count"];
                duplicate: components["schemas"]["Count"];
                quarantined: components["schemas"]["Count"];
                refused: components["schemas"]["Count"];
                unattributed: components["schemas"]["Count"];
            };
            digest: {
                results: string;
                configuration: string;
                events: string;
                last_seq: number;
                program: string;
            };
            signature: string;
        };
        Retention: {
            months: number | null;
            kept_from: components["schemas"]["Time"] | null;
            finished: boolean;
            events: number;
            next_kept_from: components["schemas"]["Time"] | null;
            next_look: components["schemas"]["Time"] | null;
            held_by: components["schemas"]["Key"][];
        };
        RetentionRequest: {
            months: number | null;
        };
        /** @enum {string} */
        Role: "viewer" | "analyst" | "editor" | "admin";
        Row: {
            metric: components["schemas"]["Key"];
            version: number;
            kind: components["schemas"]["MetricKind"];
            /** @enum {string} */
            role: "goal" | "secondary" | "guardrail";
            variant: components["schemas"]["Key"];
            control: components["schemas"]["Key"];
            n: components["schemas"]["Pair"];
            mean: components["schemas"]["Pair"];
            sum: components["schemas"]["Pair"];
            variance: components["schemas"]["Pair"];
            successes?: components["schemas"]["Pair"];
            units?: components["schemas"]["Pair"];
            answers?: components["schemas"]["PairOfCounts"];
            steps?: components["schemas"]["PairOfCounts"];
            immature_units?: number;
            covariate?: components["schemas"]["Adjustment"];
            cap?: components["schemas"]["Capping"];
            quantile?: components["schemas"]["Quantiles"];
            absolute: components["schemas"]["Interval"];
            se: components["schemas"]["Figure"];
            relative: components["schemas"]["Interval"];
            always_valid: {
                absolute: components["schemas"]["Interval"];
                relative: components["schemas"]["Interval"];
                p: components["schemas"]["Figure"];
                p_adjusted: components["schemas"]["Figure"];
                /** @enum {string} */
                method?: "exact_conditional_spending" | "two_keys" | "confidence_sequence" | "hypergeometric_tilt" | "arm_betting" | "none";
                log10_e?: {
                    above: number;
                    below: number;
                };
                until?: components["schemas"]["Time"];
                decided_at?: components["schemas"]["Time"];
                immature_units?: number;
            };
            fixed: {
                test: string;
                statistic: components["schemas"]["Figure"];
                df: components["schemas"]["Figure"];
                p: components["schemas"]["Figure"];
                log10_p: components["schemas"]["Figure"];
                p_adjusted: components["schemas"]["Figure"];
                /** @enum {string} */
                correction?: "dunnett" | "bonferroni";
            };
            posterior: {
                model: string;
                chance_to_beat_control: components["schemas"]["Figure"];
                chance_best: components["schemas"]["Figure"];
                loss_choose_variant: components["schemas"]["Figure"];
                loss_choose_control: components["schemas"]["Figure"];
                credible: components["schemas"]["Interval"];
            };
            shrunk?: number;
            status: string;
            /** @enum {string} */
            conclusion: "unknown" | "not_clear" | "better" | "worse" | "no_difference" | "safe" | "not_ruled_out" | "harmed";
        };
        SampleSize: {
            /** @enum {string} */
            solved: "units" | "effect" | "power";
            /** @enum {string} */
            method: "always-valid" | "fixed-horizon" | "group-sequential";
            units: number;
            per_variant: number[];
            effect: {
                absolute: number;
                relative: components["schemas"]["Figure"];
            };
            power: number;
            alpha: number;
            alpha_each: number;
            wrong_sign: components["schemas"]["Figure"];
            expected_units: {
                with_effect: components["schemas"]["Figure"];
                without_effect: components["schemas"]["Figure"];
            };
            fixed_horizon_units: number;
            /** @enum {string} */
            claim: "difference" | "non-inferiority" | "equivalence";
            margin: null | {
                absolute: number;
                relative: components["schemas"]["Figure"];
            };
            looks: null | {
                units: number;
                z: components["schemas"]["Figure"];
                alpha_spent: number;
                futility_z: components["schemas"]["Figure"];
                beta_spent: components["schemas"]["Figure"];
            }[];
            futility: null | {
                /** @enum {string} */
                kind: "non-binding" | "binding";
                with_effect: number;
                without_effect: number;
            };
            clusters: number | null;
            days: null | {
                units_per_day: number;
                most: number;
                expected_with_effect: components["schemas"]["Figure"];
                expected_without_effect: components["schemas"]["Figure"];
            };
            baseline: {
                /** @enum {string} */
                kind: "rate" | "mean";
                mean: number;
                variance: number;
                answering: number;
                factor: number;
            };
        };
        SampleSizeQuestion: {
            baseline?: null | {
                rate?: number;
                mean?: number;
                deviation?: number;
                answering?: number;
            } | {
                ratio: {
                    numerator: components["schemas"]["PartOfRatio"];
                    denominator: components["schemas"]["PartOfRatio"];
                    /** @default 0 */
                    correlation?: number;
                };
            };
            experiment?: components["schemas"]["Key"];
            metric?: components["schemas"]["Key"];
            effect?: null | {
                relative?: number;
                absolute?: number;
            };
            /**
             * @default rise
             * @enum {string}
             */
            direction?: "rise" | "drop";
            units?: number | null;
            power?: number | null;
            /** @default 0.05 */
            alpha?: number;
            /**
             * @default [
             *       1,
             *       1
             *     ]
             */
            weights?: number[];
            /** @default 1 */
            goals?: number;
            /**
             * @default always-valid
             * @enum {string}
             */
            method?: "always-valid" | "fixed-horizon" | "group-sequential";
            /** @default 5 */
            looks?: number;
            /**
             * @default obrien-fleming
             * @enum {string}
             */
            spending?: "obrien-fleming" | "pocock" | "kim-demets" | "hwang-shih-decani";
            spending_parameter?: number;
            /**
             * @default none
             * @enum {string}
             */
            futility?: "none" | "non-binding" | "binding";
            /**
             * @default obrien-fleming
             * @enum {string}
             */
            futility_spending?: "obrien-fleming" | "pocock" | "kim-demets" | "hwang-shih-decani";
            futility_parameter?: number;
            /**
             * @default difference
             * @enum {string}
             */
            claim?: "difference" | "non-inferiority" | "equivalence";
            margin?: null | {
                relative?: number;
                absolute?: number;
            };
            correlation?: number | null;
            clusters?: null | {
                size: number;
                /** @default 0 */
                deviation?: number;
                intraclass: number;
            };
            units_per_day?: number | null;
        };
        Schedule: {
            start?: components["schemas"]["Time"] | null;
            stop?: components["schemas"]["Time"] | null;
            missed?: {
                start: components["schemas"]["Time"];
                because: string;
            };
        };
        Scheme: string;
        Score: {
            /** @enum {string} */
            as: "nps" | "csat" | "csat_mean" | "ces";
            lowest?: number;
            highest?: number;
            top?: number;
            /** @enum {string} */
            easy?: "highest" | "lowest";
        };
        Segment: {
            key: components["schemas"]["Key"];
            version: components["schemas"]["Version"];
            archived: boolean;
            name: string;
            description: string;
            owner: string;
            when?: components["schemas"]["Condition"];
            list?: components["schemas"]["UnitList"];
        };
        SegmentList: {
            items: components["schemas"]["Segment"][];
            next?: components["schemas"]["Cursor"];
        };
        Sensitivities: {
            status: components["schemas"]["LookbackStatus"];
            working: boolean;
            progress: number;
            trouble: components["schemas"]["Trouble"];
            lookback: components["schemas"]["Lookback"];
            items: components["schemas"]["Sensitivity"][];
        };
        Sensitivity: {
            metric: components["schemas"]["Key"];
            version: number;
            status: string;
            units: number;
            baseline: null | {
                /** @enum {string} */
                kind: "rate" | "mean";
                mean: number;
                variance: number;
                answering: number;
            };
            changes: {
                relative: number;
                units: components["schemas"]["Figure"];
                days: components["schemas"]["Figure"];
                days_fastest: components["schemas"]["Figure"];
                days_slowest: components["schemas"]["Figure"];
            }[];
            within: {
                days: number;
                relative: components["schemas"]["Figure"];
            }[];
            days: {
                day: string;
                units: number;
                value: components["schemas"]["Figure"];
            }[];
        };
        Session: {
            id: components["schemas"]["SessionId"];
            opened: components["schemas"]["Time"];
            seen: components["schemas"]["Time"];
            ends: components["schemas"]["Time"];
            current: boolean;
        };
        SessionId: string;
        SessionList: {
            items: components["schemas"]["Session"][];
        };
        Share: number | string;
        ShareLink: {
            id: string;
            experiment: components["schemas"]["Key"];
            expires_at: components["schemas"]["Time"];
            by?: string;
        };
        ShareLinkList: {
            items: components["schemas"]["ShareLink"][];
        };
        SharedLink: {
            id: string;
            experiment: components["schemas"]["Key"];
            expires_at: components["schemas"]["Time"];
            by?: string;
            path: string;
        };
        Slice: {
            name: string;
            results: components["schemas"]["Row"][];
        };
        Slots: number[][];
        Start: {
            at?: components["schemas"]["Move"]["at"];
            reason?: components["schemas"]["Move"]["reason"];
            despite?: components["schemas"]["PreflightCheck"]["check"][];
        };
        Sticky: boolean | null | components["schemas"]["StickyRules"];
        StickyRules: {
            leaves_with_condition?: boolean;
            blocked?: components["schemas"]["Key"][];
            version?: number;
        };
        StoredEvent: {
            event: components["schemas"]["Event"];
            seq: number;
            te: components["schemas"]["Time"];
            received: components["schemas"]["Time"];
            key: number;
        };
        StoredEventList: {
            items: components["schemas"]["StoredEvent"][];
        };
        Time: string;
        Trouble: string | null;
        TypedUnit: {
            type: components["schemas"]["Key"];
            id: components["schemas"]["UnitId"];
        };
        Unit: components["schemas"]["UnitId"] | components["schemas"]["TypedUnit"];
        UnitCount: {
            status: components["schemas"]["LookbackStatus"];
            working: boolean;
            progress: number;
            trouble: components["schemas"]["Trouble"];
            lookback: components["schemas"]["Lookback"];
            count: null | {
                units: number;
                of: number;
                without_attributes: number;
                sample: {
                    pseudonym: string;
                    attributes: Record<string, never>;
                }[];
            };
        };
        UnitId: string;
        UnitList: {
            unit?: components["schemas"]["Key"];
            ids: components["schemas"]["UnitId"][];
        };
        UnitsAhead: {
            change: number;
            units: number;
            days: number | null;
        };
        ValueSchema: Record<string, never> | boolean;
        Values: {
            [key: string]: unknown;
        };
        Variant: {
            key: components["schemas"]["Key"];
            name: string;
            control: boolean;
            weight: number;
            values: components["schemas"]["Values"];
        };
        VariantChange: {
            key: components["schemas"]["Key"];
            name?: string;
            control?: boolean;
            weight?: number | null;
            values?: components["schemas"]["Values"];
        };
        VariantSlots: number[][];
        Verdict: {
            /** @enum {string} */
            code: "do_not_trust" | "no_data" | "roll_back" | "trade_off" | "segment_split" | "ship" | "ship_with_care" | "no_difference" | "keep_running" | "inconclusive";
            variant?: string;
            reasons: {
                code: string;
                metric?: string;
                variant?: string;
                segment?: string;
            }[];
        };
        Version: number;
        View: {
            key: components["schemas"]["Key"];
            name: string;
            page: components["schemas"]["Key"];
            query: string;
            shared: boolean;
            owner: string;
        };
        ViewList: {
            items: components["schemas"]["View"][];
        };
        Window: {
            delay?: components["schemas"]["Duration"];
            length?: components["schemas"]["Duration"] | null;
        };
    };
    responses: never;
    parameters: {
        IdempotencyKey: string;
        IfMatch: string;
        IfNoneMatch: string;
        LastEventId: string;
        email: string;
        id: string;
        key: components["schemas"]["Key"];
    };
    requestBodies: never;
    headers: {
        ETag: string;
        "Idempotency-Replayed": "true";
        Location: string;
        "Set-Cookie": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listExperiments: {
        parameters: {
            query?: {
                limit?: number;
                after?: components["schemas"]["Cursor"];
                archived?: boolean;
            };
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createExperiment: {
        parameters: {
            query?: {
                start?: boolean;
            };
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewExperiment"];
            };
        };
        responses: {
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Experiment"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showExperiment: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Experiment"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeExperiment: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExperimentChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Experiment"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDecisions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordDecision: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDecision"];
            };
        };
        responses: {
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamLive: {
        parameters: {
            query?: {
                as_of?: components["schemas"]["Time"];
                until?: components["schemas"]["Time"];
            };
            header?: {
                "Last-Event-ID"?: components["parameters"]["LastEventId"];
            };
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["LiveState"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planExperimentChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExperimentChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlannedChange"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showPreflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preflight"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showReport: {
        parameters: {
            query?: {
                pretty?: boolean;
                as_of?: components["schemas"]["Time"];
                until?: components["schemas"]["Time"];
            };
            header?: never;
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listShareLinks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareLinkList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shareReport: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewShareLink"];
            };
        };
        responses: {
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedLink"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startExperiment: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Start"];
            };
        };
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Experiment"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseExperiment: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Move"];
            };
        };
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Experiment"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeExperiment: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Move"];
            };
        };
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Experiment"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopExperiment: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Move"];
            };
        };
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Experiment"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    archiveExperiment: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Move"];
            };
        };
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Experiment"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChanges: {
        parameters: {
            query?: {
                limit?: number;
                after?: components["schemas"]["Cursor"];
                entity?: string;
                key?: string;
                newest?: boolean;
            };
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showEnvironment: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeEnvironment: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnvironmentChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredEventList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainQuery: {
        parameters: {
            query?: {
                flag?: string;
                unit?: components["schemas"]["UnitId"];
                unit_type?: components["schemas"]["Key"];
                preview?: string;
                attributes?: {
                    [key: string]: string | number | boolean;
                };
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFlags: {
        parameters: {
            query?: {
                limit?: number;
                after?: components["schemas"]["Cursor"];
                archived?: boolean;
            };
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlagList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showFlag: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flag"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeFlag: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FlagChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flag"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                limit?: number;
                after?: components["schemas"]["Cursor"];
            };
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedKey"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLayers: {
        parameters: {
            query?: {
                limit?: number;
                after?: components["schemas"]["Cursor"];
                archived?: boolean;
            };
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LayerList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showLedger: {
        parameters: {
            query?: {
                from?: components["schemas"]["Time"];
                before?: components["schemas"]["Time"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ledger"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMetrics: {
        parameters: {
            query?: {
                limit?: number;
                after?: components["schemas"]["Cursor"];
            };
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createMetric: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMetric"];
            };
        };
        responses: {
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metric"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeMetric: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MetricChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metric"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showSensitivity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sensitivities"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showPortfolio: {
        parameters: {
            query?: {
                state?: string;
                owner?: string;
                tag?: string;
                metric?: string;
                from?: components["schemas"]["Time"];
                before?: components["schemas"]["Time"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Portfolio"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPeople: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invitePerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPerson"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonLink"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                email: components["parameters"]["email"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                email: components["parameters"]["email"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonLink"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listQuarantined: {
        parameters: {
            query?: {
                limit?: number;
                after?: components["schemas"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuarantinedList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayQuarantined: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Replay"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retention"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeRetention: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetentionRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retention"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sizeUpExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SampleSizeQuestion"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleSize"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSegments: {
        parameters: {
            query?: {
                limit?: number;
                after?: components["schemas"]["Cursor"];
                archived?: boolean;
            };
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showSegmentCount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitCount"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countCondition: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CountedCondition"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitCount"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSensitivities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sensitivities"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeBackShareLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listViews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putView: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewView"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
