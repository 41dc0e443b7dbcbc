namespace EnergyChain.Dashboard.Hosting;

/// <summary>An operator's mistake: one sentence that names the option, its value and what is allowed.</summary>
public sealed class OperatorException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>A wrong value of an option.</summary>
    public static OperatorException ForOption(string option, object? value, string allowed) =>
        new($"{option} is '{value}'; allowed is {allowed}.");
}
