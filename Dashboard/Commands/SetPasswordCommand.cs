using System.CommandLine;
using System.Text;
using EnergyChain.Dashboard.Access;
using EnergyChain.Dashboard.Hosting;

namespace EnergyChain.Dashboard.Commands;

/// <summary><c>set-password</c>: adds a user or gives it a new password.</summary>
internal static class SetPasswordCommand
{
    private static readonly Option<string> User = new("--user")
    {
        Description = "Name of the user",
        DefaultValueFactory = static _ => "operator",
    };

    private static readonly Option<string> Role = new("--role")
    {
        Description = "operator, or member who may only read",
        DefaultValueFactory = static _ => "operator",
    };

    public static Command Create()
    {
        Command command = new("set-password", "Adds a user or gives it a new password, read from standard input.")
        {
            User, Role,
        };
        command.SetAction(static parsed => Run(parsed, Console.In, Console.IsInputRedirected));
        return command;
    }

    private static int Run(ParseResult parsed, TextReader input, bool isPiped)
    {
        string name = parsed.GetValue(User)!;
        if (!UserFile.IsName(name))
        {
            throw OperatorException.ForOption(User.Name, name, "1 to 32 of a-z, 0-9, '.', '-' and '_'");
        }

        UserRole role = parsed.GetValue(Role) switch
        {
            "operator" => UserRole.Operator,
            "member" => UserRole.Member,
            string other => throw OperatorException.ForOption(Role.Name, other, "operator or member"),
            null => UserRole.Operator,
        };
        string password = isPiped ? input.ReadLine() ?? "" : Ask();
        if (password.Length < PasswordHash.MinLength || Encoding.UTF8.GetByteCount(password) > PasswordHash.MaxBytes)
        {
            throw new OperatorException(
                $"The password has {password.Length} characters; {PasswordHash.MinLength} or more are needed.");
        }

        string folder = Path.GetFullPath(parsed.GetValue(DashboardCommand.DataDirectory)!);
        new UserFile(folder).Put(PasswordHash.Create(name, role, password));
        Console.Out.WriteLine($"{name} may now log in ({role.ToString().ToLowerInvariant()}).");
        return 0;
    }

    private static string Ask()
    {
        string first = AskOnce("Password: ");
        return AskOnce("Once more: ") == first
            ? first
            : throw new OperatorException("The two passwords differ; nothing was written.");
    }

    private static string AskOnce(string prompt)
    {
        Console.Error.Write(prompt);
        StringBuilder typed = new();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace)
            {
                typed.Append(key.KeyChar);
            }
            else if (typed.Length > 0)
            {
                typed.Length--;
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
