using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnergyChain.StateTests;

namespace EnergyChain.Vm.Tests;

/// <summary>The state-test runner as its user sees it: files, options, output, exit code.</summary>
public sealed class StateTestCommandTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("statetests").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Sound_case_passes_and_a_wrong_root_fails_with_what_differed()
    {
        Write("good.json", StateTestSample.Create());
        JsonObject wrong = StateTestSample.Create();
        StateTestSample.Post(wrong)["hash"] = "0x" + new string('1', 64);
        Write("wrong.json", wrong);
        (int exitCode, string[] lines, _) = await RunAsync(_folder);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[0], Does.StartWith($"FAILED {_folder}/wrong.json sample d0 g0 v0: state root 0x"));
        Assert.That(lines[1], Is.EqualTo("1 passed, 1 failed, 0 skipped"));
    }

    [Test]
    public async Task Case_that_takes_too_long_is_one_failure_and_the_run_goes_on()
    {
        JsonObject test = StateTestSample.Create();
        test["endless"] = StateTestSample.Body(Endless("0x5b600056")).DeepClone();
        test["last"] = StateTestSample.Body(StateTestSample.Create()).DeepClone();
        Write("three.json", test);
        (int exitCode, string[] lines, _) = await RunAsync(_folder, "--limit", "3");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(lines, Is.EqualTo(new[]
        {
            $"FAILED {_folder}/three.json endless d0 g0 v0: not done after 3 s",
            "2 passed, 1 failed, 0 skipped",
        }));
    }

    [Test]
    public async Task Case_that_takes_too_much_memory_is_one_failure_and_the_run_goes_on()
    {
        // Logs a megabyte again and again.
        JsonObject test = Endless("0x5b621000006000a0600056");
        test["last"] = StateTestSample.Body(StateTestSample.Create()).DeepClone();
        Write("two.json", test);
        (int exitCode, string[] lines, _) = await RunAsync(_folder);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[0], Does.StartWith($"FAILED {_folder}/two.json sample d0 g0 v0: "));
        Assert.That(lines[1], Is.EqualTo("1 passed, 1 failed, 0 skipped"));
    }

    [Test]
    public async Task Worker_in_an_endless_case_ends_when_the_runner_is_gone()
    {
        Write("endless.json", Endless("0x5b600056"));
        using Process worker = Start(redirectInput: true, "--worker", "Cancun");
        string order = $"{{\"Kind\":1,\"Path\":\"{_folder}/endless.json\"}}";
        Assert.That(await worker.StandardOutput.ReadLineAsync(), Does.Contain("\"Kind\":0"));
        await worker.StandardInput.WriteLineAsync(order);
        await worker.StandardInput.FlushAsync();
        Assert.That(await worker.StandardOutput.ReadLineAsync(), Does.Contain("sample"));
        worker.StandardInput.Close();
        using CancellationTokenSource deadline = new(TimeSpan.FromMinutes(1));
        try
        {
            await worker.WaitForExitAsync(deadline.Token);
        }
        finally
        {
            worker.Kill();
        }
    }

    [Test]
    public async Task Run_that_finds_no_file_is_wrong_usage_and_a_file_named_twice_runs_once()
    {
        (int exitCode, string[] lines, string[] errors) = await RunAsync(_folder);
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(lines, Is.EqualTo(new[] { "0 passed, 0 failed, 0 skipped" }));
        Assert.That(errors, Has.Length.EqualTo(1));
        Write("good.json", StateTestSample.Create());
        (_, lines, _) = await RunAsync(_folder, $"{_folder}/good.json", $"{_folder}/./good.json");
        Assert.That(lines, Is.EqualTo(new[] { "1 passed, 0 failed, 0 skipped" }));
    }

    [Test]
    public async Task Name_of_a_test_cannot_break_the_lines_of_the_report()
    {
        JsonObject test = StateTestSample.Create();
        StateTestSample.Post(test)["hash"] = "0x" + new string('1', 64);
        test["a\n9 passed, 0 failed, 0 skipped"] = StateTestSample.Body(test).DeepClone();
        test.Remove("sample");
        Write("name.json", test);
        (_, string[] lines, _) = await RunAsync(_folder);
        Assert.That(lines, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Json_is_one_document_with_failures_and_what_was_skipped()
    {
        Write("blobs.json", StateTestSample.Create(transaction => transaction["maxFeePerBlobGas"] = "0x1"));
        File.WriteAllText(Path.Combine(_folder, "broken.json"), "{");
        (int exitCode, string[] lines, _) = await RunAsync(_folder, "--json");
        Assert.That(exitCode, Is.EqualTo(1));
        using JsonDocument report = JsonDocument.Parse(string.Join('\n', lines));
        Assert.That(report.RootElement.GetProperty("failed").GetInt32(), Is.EqualTo(1));
        Assert.That(
            report.RootElement.GetProperty("skips").GetProperty("blob transaction").GetInt32(), Is.EqualTo(1));
        Assert.That(
            report.RootElement.GetProperty("failures")[0].GetProperty("file").GetString(), Does.EndWith("broken.json"));
    }

    [Test]
    public async Task Trace_has_the_fields_of_eip_3155_and_ends_with_the_summary()
    {
        Write("good.json", StateTestSample.Create());
        (int exitCode, _, string[] trace) = await RunAsync(_folder, "--trace");
        Assert.That(exitCode, Is.Zero);
        using JsonDocument step = JsonDocument.Parse(trace[0]);
        string[] fields = [.. step.RootElement.EnumerateObject().Select(static field => field.Name)];
        Assert.That(fields, Is.EqualTo(new[]
        {
            "pc", "op", "gas", "gasCost", "memSize", "stack", "depth", "returnData", "refund", "opName",
        }));
        Assert.That(step.RootElement.GetProperty("gasCost").GetString(), Is.EqualTo("0x3"));
        Assert.That(step.RootElement.GetProperty("depth").GetInt32(), Is.EqualTo(1));
        using JsonDocument summary = JsonDocument.Parse(trace[^1]);
        Assert.That(summary.RootElement.GetProperty("pass").GetBoolean(), Is.True);
        Assert.That(summary.RootElement.GetProperty("stateRoot").GetString(), Does.StartWith("0x"));
        Assert.That(summary.RootElement.GetProperty("gasUsed").GetString(), Does.StartWith("0x"));
    }

    [TestCase("")]
    [TestCase("/ --fork London")]
    [TestCase("/ --limit 0")]
    [TestCase("/ --unknown")]
    [TestCase("/no/such/path")]
    public async Task Wrong_usage_exits_with_2(string arguments)
    {
        (int exitCode, string[] lines, string[] errors) =
            await RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(lines, Is.Empty);
        Assert.That(errors[^1], Does.StartWith("usage: "));
    }

    private static async Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(params string[] arguments)
    {
        using Process process = Start(redirectInput: false, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, Lines(await output), Lines(await errors));
    }

    private static Process Start(bool redirectInput, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardInput = redirectInput,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(StateTestRunner).Assembly.Location);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>A case whose gas no machine ever uses up.</summary>
    private static JsonObject Endless(string code)
    {
        JsonObject endless = StateTestSample.Create(code: code);
        StateTestSample.Body(endless)["transaction"]!["gasLimit"] = new JsonArray("0x3fffffffffffffff");
        StateTestSample.Body(endless)["transaction"]!["gasPrice"] = "0x0";
        StateTestSample.Body(endless)["env"]!["currentBaseFee"] = "0x0";
        StateTestSample.Body(endless)["env"]!["currentGasLimit"] = "0x7fffffffffffffff";
        return endless;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private void Write(string name, JsonObject test) =>
        File.WriteAllText(Path.Combine(_folder, name), test.ToJsonString());
}
