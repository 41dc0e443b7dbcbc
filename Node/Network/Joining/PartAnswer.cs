namespace EnergyChain.Node.Network.Joining;

/// <summary>An answer to a question for a part of a snapshot; the bytes are what the peer says they are.</summary>
internal readonly record struct PartAnswer(PartStatus Status, ReadOnlyMemory<byte> Bytes);
