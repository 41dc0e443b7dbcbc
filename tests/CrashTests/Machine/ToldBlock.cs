using EnergyChain.Core.Primitives;

namespace EnergyChain.CrashTests.Machine;

/// <summary>A block that others know to be final, and the state after it where they were told of that too.</summary>
internal sealed record ToldBlock(Hash32 Hash, Hash32? StateRoot);
