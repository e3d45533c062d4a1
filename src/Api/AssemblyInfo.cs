using System.Runtime.CompilerServices;
using Monolith.Web.Http;

[assembly: InternalsVisibleTo("Monolith.Testing")]
[assembly: InternalsVisibleTo("Monolith.Architecture.Tests")]
[assembly: RoomTag("Deployment", "General")]
