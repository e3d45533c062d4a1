using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Monolith.Testing")]
[assembly: InternalsVisibleTo("Monolith.Architecture.Tests")]
