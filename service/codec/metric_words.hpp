#pragma once

#include "service/codec/field.hpp"
#include "storage/metric.hpp"
#include "storage/plan.hpp"

namespace touchstone::codec {

inline constexpr Word<storage::MetricKind> kMetricKinds[] = {{storage::MetricKind::proportion, "proportion"},
                                                             {storage::MetricKind::count, "count"},
                                                             {storage::MetricKind::sum, "sum"},
                                                             {storage::MetricKind::mean, "mean"},
                                                             {storage::MetricKind::score, "score"},
                                                             {storage::MetricKind::retention, "retention"},
                                                             {storage::MetricKind::churn, "churn"},
                                                             {storage::MetricKind::ratio, "ratio"},
                                                             {storage::MetricKind::funnel, "funnel"},
                                                             {storage::MetricKind::duration, "duration"},
                                                             {storage::MetricKind::first_value, "first_value"},
                                                             {storage::MetricKind::last_value, "last_value"},
                                                             {storage::MetricKind::lifetime_value, "lifetime_value"},
                                                             {storage::MetricKind::quantile, "quantile"}};

inline constexpr Word<storage::ScoreForm> kScoreForms[] = {{storage::ScoreForm::nps, "nps"},
                                                           {storage::ScoreForm::csat, "csat"},
                                                           {storage::ScoreForm::csat_mean, "csat_mean"},
                                                           {storage::ScoreForm::ces, "ces"}};

inline constexpr Word<bool> kEasyEnds[] = {{true, "highest"}, {false, "lowest"}};

inline constexpr Word<storage::Aspect> kAspects[] = {{storage::Aspect::value, "value"},
                                                     {storage::Aspect::occurrence, "occurrence"}};

inline constexpr Word<bool> kLostBy[] = {{false, "event"}, {true, "inactivity"}};

inline constexpr Word<storage::PropertyOperator> kPropertyOperators[] = {
    {storage::PropertyOperator::is, "is"},        {storage::PropertyOperator::in, "in"},
    {storage::PropertyOperator::lt, "lt"},        {storage::PropertyOperator::le, "le"},
    {storage::PropertyOperator::gt, "gt"},        {storage::PropertyOperator::ge, "ge"},
    {storage::PropertyOperator::exists, "exists"}};

inline constexpr Word<storage::Direction> kDirections[] = {{storage::Direction::increase, "increase"},
                                                           {storage::Direction::decrease, "decrease"}};

inline constexpr Word<storage::JourneyStage> kJourneyStages[] = {
    {storage::JourneyStage::awareness, "awareness"},
    {storage::JourneyStage::consideration, "consideration"},
    {storage::JourneyStage::purchase, "purchase"},
    {storage::JourneyStage::post_purchase, "post_purchase"}};

inline constexpr Word<storage::MetricRole> kRoles[] = {{storage::MetricRole::goal, "goal"},
                                                       {storage::MetricRole::secondary, "secondary"},
                                                       {storage::MetricRole::guardrail, "guardrail"}};

inline constexpr Word<storage::Crossover> kCrossovers[] = {{storage::Crossover::exclude, "exclude"},
                                                           {storage::Crossover::first, "first"}};

inline constexpr Word<storage::GoalCorrection> kGoalCorrections[] = {{storage::GoalCorrection::holm, "holm"},
                                                                     {storage::GoalCorrection::dunnett, "dunnett"}};

inline constexpr Word<storage::SecondaryCorrection> kSecondaryCorrections[] = {
    {storage::SecondaryCorrection::benjamini_hochberg, "benjamini_hochberg"},
    {storage::SecondaryCorrection::e_benjamini_hochberg, "e_benjamini_hochberg"}};

}  // namespace touchstone::codec
