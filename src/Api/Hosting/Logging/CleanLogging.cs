using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Monolith.Api.Hosting.Logging;

/// <summary>Stands before every log provider, whatever levels and providers are configured: what <see cref="SecretFilter"/> finds does not pass.</summary>
internal sealed class CleanLoggerFactory(LoggerFactory inner) : ILoggerFactory
{
    // Written by the framework before the first middleware runs, or of requests that reach none.
    private static readonly string[] RequestLines = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server", "Microsoft.AspNetCore.HttpLogging"];

    public ILogger CreateLogger(string categoryName) =>
        new CleanLogger(inner.CreateLogger(categoryName), Array.Exists(RequestLines, prefix => categoryName.StartsWith(prefix, StringComparison.Ordinal)));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    public static void Use(IServiceCollection services)
    {
        services.AddSingleton<LoggerFactory>();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory, CleanLoggerFactory>());
    }
}

/// <summary>Passes clean entries on as they are. One that holds a secret, in its text, its values or its exception, becomes plain text without it.</summary>
internal sealed class CleanLogger(ILogger inner, bool holdsRequestLines) : ILogger
{
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!inner.IsEnabled(logLevel))
            return;
        var text = formatter(state, exception);
        var failure = exception?.ToString();
        if (IsClean(text) && (failure is null || IsClean(failure)) && HoldsCleanValues(state))
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
            return;
        }

        var clean = Clean(failure is null ? text : $"{text}{Environment.NewLine}{failure}");
        inner.Log(logLevel, eventId, clean, null, static (line, _) => line);
    }

    private bool HoldsCleanValues(object? state) =>
        state is not IEnumerable<KeyValuePair<string, object?>> values || values.All(value => value.Value?.ToString() is not { } text || IsClean(text));

    private bool IsClean(string text) => ReferenceEquals(Clean(text), text);

    private string Clean(string text) => SecretFilter.Clean(text, holdsRequestLines);
}
