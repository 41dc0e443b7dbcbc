namespace EnergyChain.Node.Hosting;

/// <summary>
/// An operator's mistake: the node does not start. The message is one sentence that names the option, its value and
/// what is allowed; it is shown without a stack trace.
/// </summary>
public sealed class OperatorException : Exception
{
    public OperatorException(string message, int exitCode = Hosting.ExitCode.WrongOption)
        : base(message) => ExitCode = exitCode;

    public OperatorException(string message, Exception inner, int exitCode = Hosting.ExitCode.WrongOption)
        : base(message, inner) => ExitCode = exitCode;

    /// <summary>What the process ends with: one of <see cref="Hosting.ExitCode"/>.</summary>
    public int ExitCode { get; }

    /// <summary>A wrong value of an option.</summary>
    public static OperatorException ForOption(string option, object? value, string allowed) =>
        new($"{option} is '{value}'; allowed is {allowed}.");
}
