namespace EnergyChain.Node.Network.Judgement;

/// <summary>A ban of a node key or of a host.</summary>
/// <param name="Subject">"0x" and the key, or the IP address that stands for the host.</param>
/// <param name="UntilMs">When it ends, in milliseconds since 1970.</param>
/// <param name="Times">How often the subject was banned, for each time lasts longer.</param>
/// <param name="Reason">Why, in a word.</param>
internal sealed record Ban(string Subject, long UntilMs, int Times, string Reason);
