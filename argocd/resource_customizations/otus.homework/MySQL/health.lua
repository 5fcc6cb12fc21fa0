-- What Argo CD shows of a MySQL, with the operator's own words. One that is being deleted is not asked for: Argo CD
-- itself shows it as Progressing, "Pending deletion".

-- The reasons for which nobody has to look at it. Every other one does ask for somebody, also one that this script
-- doesn't know yet.
local untroubled = {
  Serving = true,
  Starting = true,
  EarlierLifeTerminating = true,
  JobSuspended = true,
  Restoring = true,
  Restored = true,
  NothingToRestore = true,
  Stopping = true,
  BackingUp = true,
  BackupProven = true,
  NothingToBackUp = true,
  Releasing = true,
  Paused = true,
  Applied = true,
  Checking = true,
  RestartPending = true,
  Restarting = true,
  ChangingImage = true,
  PasswordChanging = true,
  PasswordChanged = true,
  Resizing = true,
  Resized = true,
}

local status = obj.status or {}
local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end
local ready = conditions.Ready

if obj.spec.paused then
  return {status = "Suspended", message = "the operator leaves it alone until spec.paused is false"}
end
if ready == nil or status.observedGeneration ~= obj.metadata.generation then
  return {status = "Progressing", message = "the operator has not looked at it yet"}
end

local changing = nil
for _, condition in ipairs(status.conditions) do
  if condition.status == "Unknown" and changing == nil then
    changing = condition
  end
end
for _, condition in ipairs(status.conditions) do
  local trouble = condition.status == "False" and not untroubled[condition.reason]
  if trouble or condition.reason == "DataClaimDeleted" then
    return {status = "Degraded", message = condition.message}
  end
end
if ready.status ~= "True" then
  return {status = "Progressing", message = ready.message}
end
if changing ~= nil then
  return {status = "Progressing", message = changing.message}
end
return {status = "Healthy", message = status.message}
