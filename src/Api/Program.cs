using Monolith.Api.Verbs;

return await MonolithHost.RunAsync(args);

/// <summary>The entry point; public so that tests can start the host.</summary>
public sealed partial class Program;
