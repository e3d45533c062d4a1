namespace Monolith.Api.Hosting;

/// <summary>A setting cannot be used, and starting without it would be dangerous. The message names it in one line.</summary>
internal sealed class SettingException(string message) : Exception(message);
