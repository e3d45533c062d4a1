namespace Monolith.Web.Dashboard;

/// <summary>The page may be seen without a session: sign-in, set-up. Every other page sends strangers to sign-in.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AllowAnonymousPageAttribute : Attribute;
