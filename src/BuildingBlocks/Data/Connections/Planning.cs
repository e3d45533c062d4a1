namespace Monolith.Data.Connections;

/// <summary>How the database finds the way of a statement. What is set lasts until the end of the round trip, or of the transaction, and never longer.</summary>
public enum Planning
{
    /// <summary>The plan is kept from one execution to the next: for statements whose way does not depend on the values.</summary>
    Kept,

    /// <summary>Planned for the values at hand, however often it has run: for a range that may hold ten rows or a million.</summary>
    Fresh,

    /// <summary>As <see cref="Fresh"/>, by one process: each part of the page is a walk that ends early, and workers would begin when it is over.</summary>
    FreshAlone,

    /// <summary>The rows come in the order of an index, whatever the values: many are known to match, which the database cannot know of a part of a text. Such a plan is kept beside the fresh ones of its statement.</summary>
    Walk,
}

internal static class PlanSettings
{
    // What is forbidden to a walk has a price above any that the compiler of expressions waits for, and a plan for one use is not worth compiling: it took 200 ms a page.
    private const string Interpreted = "set_config('jit', 'off', true)";
    private const string Alone = "set_config('max_parallel_workers_per_gather', '0', true)";
    private const string FreshSettings = $"select set_config('plan_cache_mode', 'force_custom_plan', true), {Interpreted}";
    private const string FreshAloneSettings = $"{FreshSettings}, {Alone}";
    private const string WalkSettings = $"select set_config('plan_cache_mode', 'force_generic_plan', true), {Interpreted}, set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_hashjoin', 'off', true), {Alone}";

    /// <summary>The statement that goes before; null when the plan is kept. It answers one row.</summary>
    public static string? Of(Planning planning) => planning switch
    {
        Planning.Fresh => FreshSettings,
        Planning.FreshAlone => FreshAloneSettings,
        Planning.Walk => WalkSettings,
        _ => null,
    };
}
